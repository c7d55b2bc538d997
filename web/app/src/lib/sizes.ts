// Sizes of files for people, in thousands as the server's limits are.
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} 字节`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(/\.0$/, "")} MB`;
}
