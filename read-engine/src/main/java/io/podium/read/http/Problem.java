package io.podium.read.http;

import org.jspecify.annotations.Nullable;

/** Every way in which a request can fail, with its texts (RFC 9457). */
public enum Problem {
  MALFORMED_REQUEST(
      400,
      "Malformed request",
      "잘못된 요청",
      "The request is not valid HTTP.",
      "요청이 올바른 HTTP 형식이 아닙니다."),
  MALFORMED_TARGET(
      400,
      "Malformed path",
      "잘못된 경로",
      "The path is not valid percent-encoded UTF-8.",
      "경로가 올바른 퍼센트 인코딩 UTF-8이 아닙니다."),
  UNKNOWN_PARAMETER(
      400,
      "Unknown parameter",
      "알 수 없는 매개변수",
      "This address has no such query parameter.",
      "이 주소에는 그런 쿼리 매개변수가 없습니다."),
  REPEATED_PARAMETER(
      400,
      "Repeated parameter",
      "중복된 매개변수",
      "The query parameter is given more than once.",
      "쿼리 매개변수가 두 번 이상 지정되었습니다."),
  MALFORMED_PARAMETER(
      400,
      "Malformed parameter",
      "잘못된 매개변수",
      "The query parameter must be name=value in percent-encoded UTF-8.",
      "쿼리 매개변수는 퍼센트 인코딩 UTF-8의 이름=값이어야 합니다."),
  BAD_SIZE(
      400,
      "Size not allowed",
      "허용되지 않는 크기",
      "size is one of 10, 20, 50, 100.",
      "size는 10, 20, 50, 100 중 하나입니다."),
  BAD_CURSOR(
      400,
      "Cursor not valid",
      "유효하지 않은 커서",
      "The cursor was not issued for this board, slice and size.",
      "이 보드, 슬라이스, 크기로 발급된 커서가 아닙니다."),
  BAD_EVENT_ID(
      400,
      "Last-Event-ID not valid",
      "유효하지 않은 Last-Event-ID",
      "Last-Event-ID is the id of an event that was sent here.",
      "Last-Event-ID는 여기에서 보낸 이벤트의 id여야 합니다."),
  UNAUTHORIZED(
      401,
      "Token needed",
      "토큰 필요",
      "Send the admin token as a bearer token.",
      "관리자 토큰을 Bearer 토큰으로 보내세요."),
  UNKNOWN_ADDRESS(
      404,
      "No such address",
      "없는 주소",
      "Nothing is served at this address; see /openapi.yaml.",
      "이 주소에는 제공되는 것이 없습니다. /openapi.yaml을 보세요."),
  UNKNOWN_BOARD(
      404,
      "No such board",
      "없는 보드",
      "There is no board of this name; see /v1/boards.",
      "이 이름의 보드가 없습니다. /v1/boards를 보세요."),
  UNKNOWN_SLICE(
      404,
      "No such slice",
      "없는 슬라이스",
      "The board is not cut by this combination of dimensions; see /v1/boards.",
      "이 차원 조합으로 나뉜 슬라이스가 없습니다. /v1/boards를 보세요."),
  UNKNOWN_VALUE(
      404, "No such value", "없는 값", "The dimension has no such value.", "이 차원에 그런 값이 없습니다."),
  UNKNOWN_PRODUCT(
      404,
      "No such product",
      "없는 상품",
      "Nothing is known of this product.",
      "이 상품에 대해 알려진 것이 없습니다."),
  METHOD_NOT_ALLOWED(
      405, "Method not allowed", "허용되지 않는 메서드", "This port is read-only.", "이 포트는 읽기 전용입니다."),
  EXPIRED_CURSOR(
      410,
      "Cursor expired",
      "만료된 커서",
      "The pages of this epoch are no longer kept; begin again with the first page.",
      "이 에포크의 페이지는 더 이상 보관되지 않습니다. 첫 페이지부터 다시 시작하세요."),
  BODY_TOO_LARGE(
      413, "Body too large", "본문이 너무 큼", "Requests here need no body.", "여기서는 요청 본문이 필요 없습니다."),
  TARGET_TOO_LONG(
      414,
      "Address too long",
      "주소가 너무 김",
      "The request line is longer than this server reads.",
      "요청 줄이 서버가 읽는 길이보다 깁니다."),
  HEADERS_TOO_LARGE(
      431,
      "Headers too large",
      "헤더가 너무 큼",
      "The request's headers are larger than this server reads.",
      "요청 헤더가 서버가 읽는 크기보다 큽니다."),
  INTERNAL(
      500,
      "Internal error",
      "내부 오류",
      "The request could not be answered; the reason is in the server's log.",
      "요청에 답할 수 없습니다. 이유는 서버 로그에 있습니다."),
  BUSY(
      503,
      "Too busy",
      "과부하",
      "More pages are being loaded than this server allows at once.",
      "동시에 불러올 수 있는 페이지 수를 넘었습니다."),
  UNAVAILABLE(
      503,
      "Not available now",
      "현재 사용할 수 없음",
      "The stores are away and this is not held here.",
      "저장소에 연결할 수 없고 이 서버에 보관된 것도 없습니다.");

  private final int status;
  private final String title;
  private final String titleKo;
  private final String detail;
  private final String detailKo;

  Problem(int status, String title, String titleKo, String detail, String detailKo) {
    this.status = status;
    this.title = title;
    this.titleKo = titleKo;
    this.detail = detail;
    this.detailKo = detailKo;
  }

  public int status() {
    return status;
  }

  /** A URI reference that names the kind of problem and leads to its description. */
  public String type() {
    return "/docs#" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Where the next request begins cannot be told any more. */
  boolean endsConnection() {
    return switch (this) {
      case MALFORMED_REQUEST, BODY_TOO_LARGE, TARGET_TOO_LONG, HEADERS_TOO_LARGE -> true;
      default -> false;
    };
  }

  public String title(boolean korean) {
    return korean ? titleKo : title;
  }

  public String detail(boolean korean) {
    return korean ? detailKo : detail;
  }

  /** To throw. */
  public Refusal refusal() {
    return new Refusal(this, null, null);
  }

  /** To throw, naming the parameter at fault. */
  public Refusal of(@Nullable String parameter) {
    return new Refusal(this, parameter, null);
  }
}
