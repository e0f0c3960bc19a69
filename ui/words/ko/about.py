"""The words of the page "소개" in Korean, under the keys of words/en/about.py.
No logic, and no numbers but those the sentence itself needs."""

KO: dict[str, str] = {
    "nav.about": "소개",
    "about.title": "이 서비스에 대하여",
    "about.intro": "{place}, {days}일 앞까지의 시간대마다 예측하고 얼마나 맞았는지 알립니다.",
    "about.intro_bare": "혼잡도를 시간대별로 매일 예측하고, "
    "그 예측이 얼마나 맞았는지 함께 알립니다.",
    "about.missing": "지금은 예측이 없어 그 값에서 읽는 항목은 뺐습니다.",
    # definitions
    "terms.title": "용어",
    "terms.people": "무엇을 세나요",
    "terms.rate": "{rate}",
    "terms.summed": "({parts}의 합)",
    "terms.many": "계열 {count}개",
    "terms.join": "·",
    "terms.slot": "시간대",
    "terms.slot_text": "한 칸은 {hours}시간입니다.",
    "terms.open": "여러 시간을 하나로 세는 칸도 있습니다({slots}). "
    "그 안에서 언제 몰리는지 알 수 없어 추천에서는 뺍니다.",
    "terms.usual": "평소",
    "terms.usual_text": "같은 종류의 날(같은 요일의 평일, 토요일, 일요일과 쉬는 날) 가운데 "
    "실측이 있는 최근 {days}일의 평균입니다.",
    "terms.range": "범위",
    "terms.range_text": "‘10번 중 8번’의 범위입니다. 열 번 가운데 두 번쯤은 이 범위를 벗어납니다. "
    "범위가 넓을수록 덜 확실합니다.",
    "terms.chance": "{level}일 가능성",
    "terms.chance_text": "값이 ‘{level}’의 기준({lower}{unit})에 이르거나 넘을 확률입니다.",
    "terms.tier": "대체 예측",
    "terms.tier_text": "지금 쓰는 모델이 예측을 내지 못하면 이전 모델로, 그것도 안 되면 "
    "같은 종류의 날 최근 {days}일의 실측으로 대신합니다. 대신한 값에는 모두 ‘대체’라고 적습니다.",
    # method
    "method.title": "예측하는 방법",
    "method.1": "지난 실측, 달력(요일·공휴일·명절과 그 앞뒤), 그리고 날씨 예보가 있으면 "
    "그것까지 써서 시간대마다 예측합니다.",
    "method.2": "모델 하나가 지금까지의 실측 모두에서, 계열마다 제 평소 수준과 견주어 배웁니다.",
    "method.3": "범위는 모델이 배우지 않은 날에 실제로 얼마나 빗나갔는지를 재어 정합니다.",
    "method.4": "새 모델은 배우지 않은 날의 성적이 우연이라고 보기 어려울 만큼 낫거나, "
    "더 최근까지 배우고도 뒤지지 않을 때만 지금 모델을 대신합니다.",
    "method.5": "한번 낸 예측은 고치지 않고 모두 남겨 두었다가 실측이 오면 그대로 채점합니다.",
    # times
    "times.title": "언제 만들고, 얼마나 오래된 데이터인가요",
    "times.schedule": "예측은 매일 아침 {hour}시가 지나면 새로 냅니다. "
    "그때 쓰는 가장 새로운 실측은 {lag}일 전 것입니다.",
    "times.states": "낸 지 {late}시간이 넘은 예측에는 ‘평소보다 늦음’이라고 적습니다. "
    "{stale}시간이 넘으면 회색으로 바꾸고 시간을 추천하지 않습니다.",
    "times.now": "지금 보여 드리는 예측과 실측은 다음과 같습니다.",
    # sources
    "credits.title": "출처와 이용 조건",
    "credits.text": "이 서비스가 쓰기로 한 공개 데이터입니다. "
    "설치한 곳에 따라 일부만 받기도 합니다.",
    "credits.publisher": "제공",
    "credits.data": "데이터",
    "credits.terms": "이용 조건",
    "publisher.seoul_metro": "서울교통공사",
    "publisher.seoul": "서울특별시",
    "publisher.kma": "기상청",
    "publisher.kasi": "한국천문연구원",
    "publisher.open_meteo": "Open-Meteo",
    "publisher.paris": "파리시",
    "publisher.coinbase": "코인베이스",
    "licence.kogl_1": "공공누리 제1유형(출처표시)",
    "licence.cc_by_4": "CC BY 4.0",
    "licence.portal": "공공데이터포털에 적힌 조건",
    "licence.paris_portal": "opendata.paris.fr에 적힌 대로",
    "licence.coinbase_terms": "코인베이스가 밝힌 대로",
    "origin.open_meteo": "날씨 예보",
    "origin.open_meteo_archive": "지난 날씨",
    "origin.kasi": "공휴일 목록",
    "origin.kma_now": "초단기 실황",
    "origin.kma_short": "초단기 예보",
    "origin.kma_village": "단기 예보",
    "origin.asos": "종관기상관측",
    "origin.city": "실시간 도시데이터",
    "origin.trains": "실시간 열차 도착 정보",
    "origin.train_load": "지하철 혼잡도",
    "origin.month_hours": "월별 시간대별 승하차 인원",
    # limits
    "limits.title": "이런 데에는 알맞지 않습니다",
    "limits.1": "안전에 관한 판단. 현장의 안내와 직원의 지시를 따라 주세요.",
    "limits.2": "아래 출처가 세지 않는 것.",
    "limits.3": "몇 분 단위의 판단. 가장 짧은 단위가 {hours}시간입니다.",
    "limits.4": "미리 알려지지 않은 일. "
    "사고와 운행 중단, 갑자기 열린 행사는 예측에 들어 있지 않습니다.",
    # accessibility
    "access.title": "접근성",
    "access.1": "혼잡도는 색만으로 나타내지 않고 낱말과 기호와 숫자를 함께 씁니다. "
    "색은 색각 이상이 있어도 구별되는 것을 골랐습니다.",
    "access.2": "그림마다 같은 내용의 문장과 표가 있고, 키보드만으로 쓸 수 있으며, "
    "좁은 화면과 어두운 화면에도 맞춥니다.",
    "access.3": "아직 모자란 점도 있습니다. 브라우저에는 페이지 전체의 언어가 영어로 알려지고"
    "(글마다 언어를 따로 적어 두었습니다), 메뉴의 일부 이름은 영어이며, "
    "‘한눈에 보기’ 표는 키보드로 지나는 칸이 많습니다.",
    "access.4": "화면 낭독기 사용자와 함께 시험하거나 외부 기관의 인증을 받지는 않았습니다.",
    # errors
    "report.title": "잘못된 점 알리기",
    "report.text": "값이 이상하거나 쓰기 불편한 곳이 있으면, 무엇을 보셨는지와 함께 아래 내용을 "
    "이 서비스를 운영하는 곳에 보내 주세요. 어느 예측에서 나온 값인지 찾는 데 씁니다.",
    "report.place": "장소",
    "report.issue": "발행",
    "report.model": "모델",
    "report.seen": "본 때",
    "report.address": "주소",
}
