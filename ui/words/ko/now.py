"""The words of the page "지금·오늘" in Korean, under the keys of words/en/now.py.
No logic, and no numbers but those the sentence itself needs."""

KO: dict[str, str] = {
    "reasons.title": "왜 이만큼인가요?",
    "reasons.text": "{date} 하루 예측: {people}{unit}. "
    "요즘 보통날 {base}{unit}에서 다음만큼 달라진 값입니다.",
    "reasons.ordinary": "요즘 보통날과 거의 같습니다.",
    "reasons.weekday": "요일({weekday})",
    "reasons.trend": "최근 며칠의 흐름",
    "reasons.holiday": "쉬는 날과 명절",
    "reasons.season": "계절",
    "reasons.weather": "날씨 예보",
    "reasons.more": "+{people}{unit}",
    "reasons.fewer": "−{people}{unit}",
    "reasons.note": "시간별 예측을 더해 나눈 값입니다. 모델이 무엇을 보고 계산했는지 보여 줄 뿐, "
    "원인이라는 뜻은 아닙니다.",
    "reasons.profile": "요일 평균으로 대신한 예측이라 까닭을 나누어 말할 수 없습니다.",
    "reasons.none": "이 예측에는 까닭이 함께 기록되지 않았습니다.",
}
