"""The stages of the graph in Korean, by the names that Dagster has for them.
A stage without words here is told in its own, which are English. No logic."""

KO: dict[str, str] = {
    "stage.raw": "원자료",
    "stage_text.raw": "출처가 보낸 것을 한 글자도 바꾸지 않고, 받은 때와 함께 보관합니다. "
    "하루치가 검사를 통과해야 다음으로 갑니다.",
    "stage.observations": "실측",
    "stage_text.observations": "검사를 통과한 시간대별 사람 수입니다. 모르는 시간은 0이 아니라 "
    "빈칸이고, 고쳐진 값은 먼저 값 옆에 새로 적습니다.",
    "stage.official_holidays": "공식 공휴일",
    "stage_text.official_holidays": "나라가 발표하는 쉬는 날 목록입니다. 갑자기 정해지는 "
    "임시공휴일 때문에 날마다 다시 봅니다.",
    "stage.calendar": "달력",
    "stage_text.calendar": "날마다 어떤 날인지 정합니다. 명절과 그 앞뒤, 공휴일, 징검다리 휴일을 "
    "가립니다.",
    "stage.weather_forecast": "날씨 예보",
    "stage_text.weather_forecast": "며칠 앞의 날씨를 발표된 그대로 쌓아 둡니다. 실제 날씨가 "
    "아니라 그때의 예보로 배워야 공정합니다.",
    "stage.features": "특징",
    "stage_text.features": "어느 날의 끝에 알고 있던 것만으로, 앞날의 한 시간 한 시간을 설명하는 "
    "값을 만듭니다.",
    "stage.challenger": "새 모델",
    "stage_text.challenger": "지금까지의 모든 자료로 새로 배우고, 지난 8주를 되짚어 시험을 "
    "치릅니다.",
    "stage.champion": "대표 모델",
    "stage_text.champion": "새 모델을 쓸지, 지금 모델을 그대로 둘지 정해진 규칙으로 결정하고 "
    "이유를 적습니다.",
    "stage.forecasts": "예측",
    "stage_text.forecasts": "앞으로 7일의 시간대별 사람 수를 범위, 혼잡도, 그 가능성과 함께 "
    "냅니다. 한번 낸 예측은 고쳐 쓰지 않습니다.",
    "stage.published": "공개",
    "stage_text.published": "검사를 통과한 가장 새로운 예측을 가리킵니다. 모든 화면과 API가 "
    "이것을 봅니다.",
    "stage.accuracy": "성적",
    "stage_text.accuracy": "냈던 예측을 실제로 온 사람 수와 견줍니다. 지난주 값을 그대로 쓴 "
    "예측도 나란히 채점합니다.",
    "stage.drift": "변화 살피기",
    "stage_text.drift": "요즘 성적과 흐름을 약속과 견주어, 다시 배울 때인지 판단합니다.",
    "stage.city": "도시 데이터",
    "stage_text.city": "서울시가 세는 성수 카페거리 일대의 사람 수와 도시의 예측입니다. 우리 "
    "예측의 맞수로 채점합니다.",
    "stage.kma_now": "기상청 실황",
    "stage_text.kma_now": "지금 이 시간의 날씨입니다. 출처가 하루면 지우므로 시간마다 받아 둡니다.",
    "stage.kma_short": "기상청 초단기예보",
    "stage_text.kma_short": "앞으로 여섯 시간의 예보입니다.",
    "stage.kma_village": "기상청 단기예보",
    "stage_text.kma_village": "앞으로 며칠의 예보입니다.",
    "stage.month_hours": "월별 시간대 합계",
    "stage_text.month_hours": "다음 달 초에 나오는 한 달의 합계로, 날마다 받은 값을 맞춰 봅니다.",
    "stage.train_load": "열차 혼잡도",
    "stage_text.train_load": "열차가 30분마다 얼마나 찼는지, 분기마다 나오는 자료입니다.",
    "stage.trains": "열차 도착",
    "stage_text.trains": "역에 들어온다고 알린 열차입니다. 지나간 것은 다시 구할 수 없어 "
    "그때그때 받습니다.",
    "stage.weather_observed": "실제 날씨",
    "stage_text.weather_observed": "며칠 뒤에 확인되는 날씨입니다. 예측할 때는 아무도 몰랐으므로 "
    "예측에는 쓰지 않습니다.",
    "stage.weather_station": "기상 관측소",
    "stage_text.weather_station": "서울 관측소가 어제까지 잰 값입니다.",
    "stage.status": "운영 상태",
    "stage_text.status": "늦은 것, 틀린 것, 멈춘 것과 해야 할 일을 한 쪽에 모읍니다. 바뀔 때마다 "
    "새로 적습니다.",
}
