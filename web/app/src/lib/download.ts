// Hands a file to the browser's downloads.
import { requestFile, type RequestOptions } from "../api/client";

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export async function download(path: string, fallbackName: string, options: RequestOptions = {}, method = "GET") {
  const { blob, name } = await requestFile(method, path, options);
  saveBlob(blob, name || fallbackName);
}
