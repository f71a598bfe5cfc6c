import { day } from "./citizen.ts";

export const expirySubject = "Một Cửa: sắp hết thời gian lưu giữ";

/** Which cases are erased next. @param until the last ISO day for having one kept */
export function soonErased(codes: readonly string[], until: string): string {
  return [
    `Sắp hết thời gian lưu giữ: ${codes.length} phản ánh đã kết thúc sẽ được xóa nội dung sau ngày ${day(until)}.`,
    codes.join(", "),
    "Vụ nào tòa án, thanh tra hoặc cơ quan có thẩm quyền còn cần: báo người quản trị để bảo lưu (motcua hold MÃ --reason LÝ-DO).",
  ].join("\n");
}
