"""한 숫자가 하루나 한 주 전체인 곳에서 달리 하는 말. words/en과 열쇠가 같다.
`열쇠@day`와 `열쇠@week`가 그 열쇠를 대신한다. 곳마다의 말이 이보다 먼저다. 논리는 없다."""

KO: dict[str, str] = {
    "slot.whole": "하루",
    "days": "{first}–{last}",
    "date.week": "{month}/{day} 주",
    "periods.title": "숫자 하나가 하루나 한 주입니다",
    "periods.text": "여기서는 숫자 하나가 하루나 한 주 전체라서 고를 시간대가 없습니다. "
    "앞으로의 예측은 모두 첫 화면에 있습니다.",
    # 하루
    "nav.now@day": "오늘과 앞날",
    "hero.title@day": "오늘 예측",
    "hero.usual@day": "오늘 평소 값",
    "hero.usual_note@day": "예측 대신 {weekday}의 평소 값입니다.",
    "hero.gap@day": "이날의 예측이 없습니다.",
    "usual.same@day": "{weekday} 평소({usual}{unit})와 비슷합니다",
    "usual.more@day": "{weekday} 평소({usual}{unit})보다 {share} 많습니다",
    "usual.less@day": "{weekday} 평소({usual}{unit})보다 {share} 적습니다",
    "chip.data@day": "실측 {date}까지 · {age}",
    "sentence.peak@day": "{slot}에 가장 많습니다.",
    "sentence.flat@day": "어느 날이나 비슷합니다.",
    "strip.title@day": "날마다의 예측 · {date}",
    "strip.label@day": "{date} 날마다의 예측, 옆으로 밀어서 보기",
    "chart.time@day": "날",
    "chart.alt@day": "{date} {series} 예측. 가장 많은 날은 {peak} {people}{unit}, "
    "가장 적은 날은 {calm} {least}{unit}. {peak}에는 10번 중 8번 {low}–{high}{unit}.",
    "origins.counted@day": "{source} {hours}개 ({day}까지)",
    "right.inside@day": "{hours}일 가운데 {inside}일의 실측이 예측 범위 안에 들었습니다.",
    "levels.share_first@day": "낮은 쪽 {share}의 날",
    "levels.share_last@day": "높은 쪽 {share}의 날",
    "right.worst@day": "예측은 {middle}{unit}, 실측은 {observed}{unit}입니다.",
    "chances.dot@day": "채점한 날(클수록 많음, 빈 점은 적음)",
    "chances.said@day": "가능성 {chance}라고 한 {hours}일 가운데 {came}일이 그렇게 되었습니다.",
    "chances.too_few@day": "아직 어느 가능성도 견줄 만큼 날이 쌓이지 않았습니다.",
    "chances.note@day": "채점한 최근 90일의 당일 예측입니다. 채점한 날이 {few}일이 안 되는 점은 "
    "우연일 수 있어 비워 두었습니다.",
    "chances.hours@day": "날",
    "terms.slot@day": "날",
    "terms.slot_text@day": "숫자 하나가 하루 전체입니다.",
    "limits.3@day": "시간 단위의 판단. 가장 짧은 단위가 하루입니다.",
    "about.intro@day": "{place}, {days}일 앞까지 날마다 예측하고 얼마나 맞았는지 알립니다.",
    # 한 주
    "slot.whole@week": "한 주",
    "today@week": "이번 주",
    "nav.now@week": "앞으로 몇 주",
    "hero.title@week": "이번 주 예측",
    "hero.usual@week": "이번 주 평소 값",
    "hero.usual_note@week": "예측 대신 이런 주의 평소 값입니다.",
    "hero.gap@week": "이번 주의 예측이 없습니다.",
    "usual.same@week": "이런 주의 평소({usual}{unit})와 비슷합니다",
    "usual.more@week": "이런 주의 평소({usual}{unit})보다 {share} 많습니다",
    "usual.less@week": "이런 주의 평소({usual}{unit})보다 {share} 적습니다",
    "chip.data@week": "실측 {date}까지 · {age}",
    "chip.profile@week": "대체 예측(평균)",
    "sentence.peak@week": "{slot}에 가장 많습니다.",
    "sentence.flat@week": "어느 주나 비슷합니다.",
    "strip.title@week": "주마다의 예측 · {date}",
    "strip.label@week": "{date} 주마다의 예측, 옆으로 밀어서 보기",
    "chart.time@week": "주",
    "chart.alt@week": "{date} {series} 예측. 가장 많은 주는 {peak} {people}{unit}, "
    "가장 적은 주는 {calm} {least}{unit}. {peak}에는 10번 중 8번 {low}–{high}{unit}.",
    "chart.alt_actual@week": "점은 실측입니다.",
    "accuracy.some@week": "실측 최근 {days}주: 평균 {wape} 빗나갔습니다. "
    "지난해 같은 주의 값을 그대로 썼다면 {naive}였습니다. 범위(10번 중 8번)는 100번 중 "
    "{inside}번 맞았습니다.",
    "levels.share_first@week": "낮은 쪽 {share}의 주",
    "levels.share_last@week": "높은 쪽 {share}의 주",
    "fallback.profile@week": "모델에 문제가 있어 평균으로 대신했습니다.",
    "origins.counted@week": "{source} {hours}개 ({day}까지)",
    "right.newest@week": "가장 최근에 채점한 주 · {date}",
    "right.intro@week": "한번 낸 예측은 고치지 않고 두었다가, 그 주의 실측이 오면 그대로 "
    "채점합니다.",
    "right.inside@week": "{hours}주 가운데 {inside}주의 실측이 예측 범위 안에 들었습니다.",
    "right.off_naive@week": "지난해 같은 주의 값을 그대로 썼다면 {share}꼴로 빗나갔을 것입니다.",
    "right.worst@week": "예측은 {middle}{unit}, 실측은 {observed}{unit}입니다.",
    "right.day@week": "주",
    "right.kind@week": "첫날: {why}",
    "right.made_note@week": "주마다 그 주가 시작될 때 나와 있던 예측과 견줍니다. "
    "예측은 앞 주까지의 실측으로 냅니다.",
    "right.span_said@week": "최근 {days}주에 대해 {ahead}주 앞까지 낸 예측은 실제 {share}꼴로 "
    "빗나갔습니다.",
    "right.span_better@week": "지난해 값을 그대로 쓴 것보다 {share} 덜 빗나갔습니다.",
    "right.span_worse@week": "지난해 값을 그대로 쓴 것보다 {share} 더 빗나갔습니다.",
    "right.span_same@week": "지난해 값을 그대로 쓴 것과 비슷합니다.",
    "right.short@week": "채점한 주가 아직 {days}주뿐이라 그만큼만 셉니다.",
    "right.fact.naive@week": "지난해 값을 썼다면",
    "right.note@week": "빗나간 크기의 합을 실제 값의 합으로 나눈 값(WAPE)입니다. "
    "예측값 {forecasts}개와 지난해 같은 주의 값을 나란히 셌습니다.",
    "right.horizon_title@week": "몇 주 앞까지 믿을 만한가요?",
    "right.horizon_note@week": "1주 앞 예측은 앞 주까지의 실측으로 그 주가 시작될 때 냅니다.",
    "right.ahead@week": "{days}주 앞",
    "right.naive@week": "지난해 값",
    "right.naive_off@week": "지난해 값이 빗나간 비율",
    "right.horizon_alt@week": "예측이 빗나간 정도: {first} {first_share}, {last} {last_share}. "
    "지난해 값을 그대로 쓰면 {naive}.",
    "axis.ahead@week": "몇 주 앞",
    "source.newest@week": "가장 최근 주",
    "source.expected@week": "와야 할 주",
    "month.caption@week": "최근 {days}주 동안 주마다의 데이터 상태",
    "model.empty.text@week": "데이터가 충분히 모여 첫 모델을 학습하면 이곳에 나타납니다. "
    "그때까지는 평균으로 예측합니다.",
    "card.none@week": "시험을 통과한 모델이 없어 평균으로 예측합니다.",
    "chances.dot@week": "채점한 주(클수록 많음, 빈 점은 적음)",
    "chances.said@week": "가능성 {chance}라고 한 {hours}주 가운데 {came}주가 그렇게 되었습니다.",
    "chances.too_few@week": "아직 어느 가능성도 견줄 만큼 주가 쌓이지 않았습니다.",
    "chances.note@week": "채점한 최근 주들의 그 주 예측입니다. 채점한 주가 {few}주가 안 되는 점은 "
    "우연일 수 있어 비워 두었습니다.",
    "chances.hours@week": "주",
    "judged.first@week": "첫 모델입니다. 시험에서 빗나간 정도가 지난해 값을 그대로 쓸 때의 "
    "{ratio}였습니다.",
    "judged.naive@week": "시험에서 빗나간 정도가 지난해 값을 그대로 쓸 때의 {ratio}여서 "
    "쓸 만하지 않습니다.",
    "judged.unseen@week": "지금 모델이 배우지 않은 주가 {days}주뿐이라 견줄 수 "
    "없었습니다({needed}주가 필요합니다).",
    "judged.refresh@week": "{more}일을 더 배우고도 뒤지지 않습니다. 최근 {days}주에서 이전 "
    "모델보다 {gain}.",
    "judged.gain@week": "최근 {days}주에서 이전 모델보다 {gain}.",
    "judged.too_little@week": "최근 {days}주에서 지금 모델보다 {gain}. 바꿀 만한 차이가 아닙니다.",
    "terms.slot@week": "주",
    "terms.slot_text@week": "숫자 하나가 한 주 전체이고, 주는 그 첫날로 부릅니다.",
    "limits.3@week": "하루 단위의 판단. 가장 짧은 단위가 한 주입니다.",
    "about.intro@week": "{place}, {days}주 앞까지 주마다 예측하고 얼마나 맞았는지 알립니다.",
    "times.schedule@week": "예측은 매주, 앞 주의 실측이 오는 날 아침 {hour}시가 지나면 "
    "새로 냅니다.",
}
