"""The words of the page "모델" in Korean, under the keys of words/en/model.py.
No logic, and no numbers but those the sentence itself needs."""

KO: dict[str, str] = {
    "nav.model": "모델",
    "axis.ahead": "며칠 앞",
    "axis.off": "빗나간 비율",
    "axis.chance": "예측한 가능성",
    "axis.came": "실제로 온 비율",
    "model.title": "어떤 모델이 예측하나요?",
    "model.intro": "지금 예측하는 모델이 무엇을 배웠고 얼마나 맞는지, "
    "왜 이 모델을 쓰는지 보여 드립니다.",
    "model.empty.title": "아직 고른 모델이 없습니다",
    "model.empty.text": "데이터가 충분히 모여 첫 모델을 학습하면 이곳에 나타납니다. "
    "그때까지는 요일 평균으로 예측합니다.",
    # card
    "card.title": "지금 쓰는 모델",
    "card.none": "시험을 통과한 모델이 없어 요일 평균으로 예측합니다.",
    "card.model": "모델",
    "card.since": "쓰기 시작한 때",
    "card.reason": "쓰는 까닭",
    "card.learned": "배운 기간",
    "card.days": "{first} – {last} ({days}일)",
    "trial.last": "마지막 값을 그대로 썼다면",
    "trial.title": "쓰기 전 시험 성적",
    "trial.note": "배우지 않은 날만 골라 지난 {origins}번의 출발점에서 예측해 본 "
    "성적입니다(예측값 {forecasts}개). 쓰기 시작한 뒤의 성적은 ‘맞았나요?’에 있습니다.",
    # 하나하나
    "each.title": "하나하나 따로 보면",
    "each.said": "시험에서 예측한 {count}가지 가운데 {better}가지는 지난 값을 그대로 쓴 것보다 "
    "덜 빗나갔습니다.",
    "each.note": "많이 빗나간 것부터입니다(단위:{unit}). 작은 것은 비율로 보면 더 크게 빗나갑니다.",
    "each.download": "{count}가지 모두 (CSV)",
    "each.cost": "배우고 시험하는 데 프로세서 {seconds}초, 하나에 {each}초가 들었습니다. "
    "모델은 {size}kB의 글입니다.",
    # heat
    "heat.title": "언제 잘 맞고 언제 빗나가나요",
    "heat.said": "가장 잘 맞는 때는 {best}({best_share}꼴로 빗나감), "
    "가장 많이 빗나가는 때는 {worst}({worst_share}꼴)입니다.",
    "heat.note": "채점한 최근 90일, 당일 예측이 빗나간 비율입니다. 짙을수록 많이 빗나갔습니다. "
    "*는 채점한 시간이 {few}개가 안 되어 우연일 수 있습니다.",
    "day_type.weekday": "평일",
    "day_type.saturday": "토요일",
    "day_type.sunday": "일요일",
    "day_type.holiday": "공휴일",
    "day_type.festival": "명절",
    "day_type.adjacent": "쉬는 날 앞뒤",
    # chances
    "chances.title": "가능성을 말한 대로 되었나요",
    "chances.text": "가장 높은 단계가 될 가능성을 말했을 때 실제로 얼마나 그렇게 되었는지입니다. "
    "점이 점선에 가까울수록 말한 대로 되었습니다.",
    "chances.dot": "채점한 시간(클수록 많음, 빈 점은 적음)",
    "chances.line": "말한 대로",
    "chances.none": "아직 가능성을 말한 예측 가운데 채점한 것이 없습니다.",
    "chances.said": "가능성 {chance}라고 한 {hours}시간 가운데 {came}시간이 그렇게 되었습니다.",
    "chances.too_few": "아직 어느 가능성도 견줄 만큼 시간이 쌓이지 않았습니다.",
    "chances.note": "채점한 최근 90일의 당일 예측입니다. "
    "채점한 시간이 {few}시간이 안 되는 점은 우연일 수 있어 비워 두었습니다.",
    "chances.chance": "말한 가능성",
    "chances.hours": "시간 수",
    "chances.came": "그렇게 된 시간",
    "chances.share": "비율",
    "chances.few": "(적음)",
    # history
    "history.title": "새 모델을 시험한 기록",
    "history.none": "아직 시험한 새 모델이 없습니다.",
    "history.older": "이전 기록 {count}건",
    "history.note": "최근 1년의 기록입니다. 새 모델은 우연이라고 보기 어려울 만큼 나을 때만 "
    "지금 모델을 대신합니다.",
    "history.model": "새 모델 {model}",
    "outcome.first": "첫 모델",
    "outcome.promote": "교체",
    "outcome.keep": "유지",
    "outcome.reject": "탈락",
    "outcome.first.sign": "★",
    "outcome.promote.sign": "▲",
    "outcome.keep.sign": "＝",
    "outcome.reject.sign": "×",
    "judged.less": "{share} 덜 빗나갔습니다",
    "judged.more": "{share} 더 빗나갔습니다",
    "judged.first": "첫 모델입니다. 시험에서 빗나간 정도가 지난주 값을 그대로 쓸 때의 "
    "{ratio}였습니다.",
    "judged.naive": "시험에서 빗나간 정도가 지난주 값을 그대로 쓸 때의 {ratio}여서 "
    "쓸 만하지 않습니다.",
    "judged.range": "10번 중 8번이어야 할 범위에 실측이 {share}만큼 들어 약속과 달랐습니다.",
    "judged.unseen": "지금 모델이 배우지 않은 날이 {days}일뿐이라 견줄 수 없었습니다"
    "({needed}일이 필요합니다).",
    "judged.all_seen": "지금 모델이 이미 배운 날뿐이라 견줄 수 없었습니다.",
    "judged.doubted": "시험 성적을 믿을 수 없어 받지 않았습니다:",
    "judged.same": "지금 모델과 똑같이 예측합니다.",
    "judged.worse_recent": "최근 며칠에서 지금 모델보다 {share} 더 빗나갔습니다.",
    "judged.worse_before": "그 전의 날들에서 지금 모델보다 {share} 더 빗나갔습니다.",
    "judged.worse_busiest": "가장 붐비는 시간에 지금 모델보다 {share} 더 빗나갔습니다.",
    "judged.refresh": "{more}일을 더 배우고도 뒤지지 않습니다. "
    "최근 {days}일에서 이전 모델보다 {gain}.",
    "judged.gain": "최근 {days}일에서 이전 모델보다 {gain}.",
    "judged.too_little": "최근 {days}일에서 지금 모델보다 {gain}. 바꿀 만한 차이가 아닙니다.",
    "judged.chance": "지금 모델보다 {gain}. 우연으로도 생길 수 있는 차이입니다.",
    "judged.by_hand": "담당자가 정했습니다: {said}",
    "judged.unexamined": "시험할 수 없었습니다: {said}",
    # limits
    "model_limits.title": "이 모델이 모르는 것",
    "model_limits.learned": "{last} 뒤에 새로 생긴 흐름은 배우지 않았습니다. "
    "다만 예측할 때마다 최근 실측을 봅니다.",
    "model_limits.1": "사고와 공사, 갑자기 열린 행사처럼 미리 알려지지 않은 일은 알지 못합니다.",
    "model_limits.2": "명절과 공휴일은 한 해에 며칠뿐이라 배운 예가 적습니다.",
    "model_limits.weather": "날씨는 예보로만 압니다. 예보가 빗나가면 예측도 함께 빗나갑니다.",
    "model_limits.3": "출처가 세지 않는 것은 알지 못합니다.",
}
