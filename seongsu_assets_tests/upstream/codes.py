"""The codes of the Seoul hosts and of data.go.kr, with the words that go with them.
Nothing of the envelopes in which they come."""

SEOUL = {
    "INFO-100": "인증키가 유효하지 않습니다.",
    "INFO-200": "해당하는 데이터가 없습니다.",
    "ERROR-300": "필수 값이 누락되어 있습니다.",
    "ERROR-301": "파일타입 값이 누락 혹은 유효하지 않습니다.",
    "ERROR-310": "해당하는 서비스를 찾을 수 없습니다.",
    "ERROR-331": "요청시작위치 값을 확인하십시오.",
    "ERROR-332": "요청종료위치 값을 확인하십시오.",
    "ERROR-333": "요청위치 값의 타입이 유효하지 않습니다.",
    "ERROR-334": "요청종료위치 보다 요청시작위치가 더 큽니다.",
    "ERROR-335": "샘플데이터(샘플키:sample) 는 한번에 최대 5건을 넘을 수 없습니다.",
    "ERROR-336": "데이터요청은 한번에 최대 1000건을 넘을 수 없습니다.",
    # Not among the recorded codes; a spent quota has to say something.
    "ERROR-337": "일별 트래픽 제한을 넘은 호출입니다.",
    "ERROR-500": "서버 오류입니다.",
    "ERROR-600": "데이터베이스 연결 오류입니다.",
    "ERROR-601": "SQL 문장 오류 입니다.",
}
GO_KR = {
    "01": "APPLICATION_ERROR",
    "02": "DB_ERROR",
    "03": "NO_DATA",
    "04": "HTTP_ERROR",
    "05": "SERVICETIMEOUT_ERROR",
    "10": "INVALID_REQUEST_PARAMETER_ERROR",
    "11": "NO_MANDATORY_REQUEST_PARAMETERS_ERROR",
    "12": "NO_OPENAPI_SERVICE_ERROR",
    "20": "SERVICE_ACCESS_DENIED_ERROR",
    "21": "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR",
    "22": "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR",
    "30": "SERVICE_KEY_IS_NOT_REGISTERED_ERROR",
    "31": "DEADLINE_HAS_EXPIRED_ERROR",
    "32": "UNREGISTERED_IP_ERROR",
    "33": "UNSIGNED_CALL_ERROR",
    "99": "UNKNOWN_ERROR",
}
