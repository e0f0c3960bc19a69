"""The words of the page "언제 갈까" in Korean, under the keys of words/en/when.py.
No logic, and no numbers but those the sentence itself needs."""

KO: dict[str, str] = {
    "nav.when": "언제 갈까",
    "close": "닫기",
    "date.short": "{month}/{day}",
    "range.hourly": "10번 중 8번은 {per} {low}–{high}{unit}",
    "when.title": "언제 갈까",
    "when.intro": "갈 수 있는 시간을 고르면 그 안에서 가장 한산한 때와 피할 때를 알려 드립니다.",
    "when.day": "날짜",
    "when.any_day": "모든 날",
    "when.earliest": "몇 시부터",
    "when.latest": "몇 시까지",
    "when.hours": "머무는 시간",
    "when.length": "{value}시간",
    "when.missing_day": "링크에 담긴 날짜는 이미 지났거나 예측이 없습니다. "
    "대신 예측이 있는 모든 날을 보여 드립니다.",
    "when.best": "가장 한산한 때",
    "when.worst": "피할 때",
    "when.avoided": "가장 붐비는 때보다 {people}{unit}({share}) 적습니다",
    "when.like_fullest": "가장 붐비는 때와 비슷합니다",
    "when.fullest": "고른 시간 가운데 가장 붐빕니다",
    "when.average": "사람 수와 범위는 머무는 동안의 시간당 평균입니다. "
    "혼잡도와 가능성은 그 가운데 가장 붐비는 시간의 값입니다.",
    "when.unsure": "이번 예측의 다른 때보다 범위가 넓어 덜 확실합니다",
    "when.calendar": "{slot} 캘린더에 담기",
    "when.none": "고른 시간에는 보여 드릴 예측이 없습니다",
    "when.none_text": "이미 지난 시간은 빼고 찾습니다. 시간을 넓히거나 다른 날을 골라 보세요.",
    "when.stale": "지금은 시간을 추천하지 않습니다",
    "when.stale_text": "오래된 예측으로는 한산한 때를 고르지 않습니다. "
    "새 예측이 나오면 다시 알려 드립니다.",
    "confidence.high": "신뢰도 높음 · 이 시간대 적중 100번 중 {inside}번",
    "confidence.middle": "신뢰도 보통 · 이 시간대 적중 100번 중 {inside}번",
    "confidence.low": "신뢰도 낮음 · 이 시간대 적중 100번 중 {inside}번",
    "confidence.unknown": "신뢰도는 아직 말씀드릴 수 없습니다. 실측과 견주어 본 예측이 적습니다.",
    "confidence.note": "신뢰도는 전날 낸 예측 범위 안에 실측이 든 비율로 정합니다"
    "(최근에 견주어 본 90일까지). 100번 중 85번부터 높음, 70번부터 보통, 그 아래는 낮음입니다.",
    "week.title": "{days}일 한눈에 보기",
    "week.hint": "칸을 누르면 그 시간의 범위와 가능성을 볼 수 있습니다. "
    "두꺼운 테두리는 가장 한산한 때입니다.",
    "week.hint_stale": "칸을 누르면 그 시간의 자세한 값을 볼 수 있습니다.",
    "week.summary": "가장 붐비는 때는 {peak}({peak_level}, {peak_people}{unit}), "
    "가장 한산한 때는 {calm}({calm_level}, {calm_people}{unit})입니다.",
    "week.empty": "보여 드릴 예측값이 없습니다.",
    "share.title": "이 화면 공유하기",
    "share.text": "고른 날짜와 시간이 주소에 모두 담겨 있습니다. 복사해서 보내 보세요.",
    "share.best": "{place}: {slot}가 가장 한산할 것으로 보입니다({forecast}).",
    "ics.title": "{place} · {forecast} 예상",
    "ics.may_change": "예측은 매일 새로 나옵니다. 가기 전에 다시 확인해 주세요.",
}
