"""What each place calls things in Korean, under the keys of words/en/places.py.
`key@place` stands for the key where that place is shown; no logic."""

KO: dict[str, str] = {
    "unit": " {unit}",
    "rate": " {rate}",
    "per": "시간대당",
    "grade": "단계",
    "origin.files": "파일",
    # Seongsu Station
    "domain.seongsu": "성수역",
    "unit@seongsu": "명",
    "rate@seongsu": "명/시간",
    "per@seongsu": "시간당",
    "grade@seongsu": "혼잡도",
    "about.intro@seongsu": "{place}의 혼잡도를 시간대별로 {days}일 앞까지 매일 예측하고, "
    "그 예측이 얼마나 맞았는지 함께 알립니다.",
    "method.2@seongsu": "최근 몇 주의 흐름을 배우는 모델과 여러 해의 흐름을 따라가는 모델, "
    "이 둘을 함께 씁니다.",
    "limits.2@seongsu": "승강장이나 열차 안이 얼마나 붐비는지, 어느 출구가 붐비는지. "
    "역 전체를 드나든 사람만 셉니다.",
    "model_limits.1@seongsu": "사고와 운행 중단, 갑자기 열린 행사처럼 "
    "미리 알려지지 않은 일은 알지 못합니다.",
    "model_limits.3@seongsu": "역 전체를 드나든 사람만 예측합니다. "
    "승강장과 열차 안, 출구마다의 혼잡은 알지 못합니다.",
    "series.boarding": "승차",
    "series.alighting": "하차",
    "levels.counted@seongsu": "승차와 하차를 더한 사람 수입니다.",
    "counted.seongsu": "개찰구를 지난 횟수를 세므로 역 안에서 갈아타기만 한 사람은 들어가지 않고, "
    "나갔다가 다시 들어온 사람은 두 번 들어갑니다.",
    "origin.files@seongsu": "서울교통공사 시간대별 파일",
    "origin.station_hourly": "시간대별 승하차 API",
    "origin.card_daily": "교통카드 일별 집계",
    # Paris
    "domain.paris_bikes": "파리 자전거",
    "unit@paris_bikes": "대",
    "rate@paris_bikes": "대/시간",
    "per@paris_bikes": "시간당",
    "grade@paris_bikes": "혼잡도",
    "series.total@paris_bikes": "모든 계수기",
    "levels.counted@paris_bikes": "시의 계수기를 지난 자전거를 모두 더한 값입니다.",
    "counted.paris_bikes": "자전거길의 계수기가 방향마다 따로 셉니다. 한 번 달리며 계수기 세 곳을 "
    "지나면 세 번 들어가고, 계수기가 없는 길은 들어가지 않습니다.",
    "origin.files@paris_bikes": "시 계수기 파일",
    "origin.paris_counters": "시간대별 계수 API",
    # weekly sales
    "domain.weekly_sales": "주간 매출",
    "unit@weekly_sales": "달러",
    "rate@weekly_sales": "달러/주",
    "per@weekly_sales": "주당",
    "series.total@weekly_sales": "모든 매장",
    "level.0@weekly_sales": "낮음",
    "level.1@weekly_sales": "보통",
    "level.2@weekly_sales": "높음",
    "level.3@weekly_sales": "매우 높음",
    "counted.weekly_sales": "모든 매장의 모든 부문 매출에서 반품을 뺀 값입니다.",
    "origin.files@weekly_sales": "매장 주간 매출 파일",
    # bitcoin
    "domain.bitcoin": "비트코인",
    "unit@bitcoin": "달러",
    "rate@bitcoin": "달러",
    "per@bitcoin": "값",
    "series.close": "가격",
    "method.2@bitcoin": "가운데값은 마지막 가격입니다. 배우는 것은 가격이 얼마나 멀리 "
    "걷는가이며, 요즘 얼마나 흔들렸는지와 시각에 따라 다릅니다.",
    "model_limits.2@bitcoin": "소식과 규제와 분위기는 알지 못하고 가격만 봅니다.",
    "model_limits.3@bitcoin": "오를지 내릴지는 알지 못합니다.",
    "note.place@bitcoin": "제멋대로 걷는 가격은 이기기 어렵습니다. 예측의 가운데값은 마지막 "
    "가격이고 그보다 낫지 않습니다. 저희가 더하는 것은 정직한 범위입니다. 두 오차는 ‘모델’에 "
    "있습니다. 투자 조언이 아닙니다.",
    "level.0@bitcoin": "낮음",
    "level.1@bitcoin": "보통",
    "level.2@bitcoin": "높음",
    "level.3@bitcoin": "매우 높음",
    "nav.when@bitcoin": "낮을 때·높을 때",
    "when.title@bitcoin": "낮을 때와 높을 때",
    "when.intro@bitcoin": "예측 가운데값이 가장 낮은 시간과 가장 높은 시간입니다. 제멋대로 걷는 "
    "가격에서는 거의 뜻이 없습니다.",
    "when.best@bitcoin": "가장 낮은 시간",
    "when.worst@bitcoin": "가장 높은 시간",
    "when.avoided@bitcoin": "가장 높은 때보다 {people}{unit}({share}) 낮습니다",
    "when.like_fullest@bitcoin": "가장 높은 때와 비슷합니다",
    "when.fullest@bitcoin": "고른 시간 가운데 가장 높습니다",
    "sentence.peak@bitcoin": "{slot}가 가장 높습니다.",
    "sentence.peak_today@bitcoin": "오늘 남은 시간 중 {slot}가 가장 높습니다.",
    "sentence.peak_now@bitcoin": "오늘은 지금({slot})이 가장 높습니다.",
    "sentence.calm@bitcoin": "{hour}시 이후에는 {share} 이상 낮습니다.",
    "sentence.over@bitcoin": "오늘은 더 높은 시간이 남지 않았습니다.",
    "levels.share_first@bitcoin": "가장 낮은 {share} 시간대",
    "levels.share_last@bitcoin": "가장 높은 {share} 시간대",
    "counted.bitcoin": "코인베이스에서 한 시간마다 마지막으로 거래된 값이며, 시각은 UTC입니다.",
    "origin.files@bitcoin": "시간별 종가 파일",
    "origin.coinbase_candles": "시간별 봉 API",
    "origin.coinbase_ticker": "실시간 시세",
}
