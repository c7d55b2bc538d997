// Photos as phones make them: HEIC becomes JPEG before it leaves the browser; the day a photo was taken is read
// from it and proposed as the day of the event.

const JPEG_QUALITY = 0.9;

export interface Prepared {
  file: File;
  takenOn: string; // YYYY-MM-DD; "" where the photo does not say
}

const isHeic = (file: File) => /\.(heic|heif)$/i.test(file.name) || /^image\/hei[cf]/.test(file.type);

// Exif has no time zone: the day is the camera's own.
export function dayOfExif(written: string | undefined): string {
  const match = /^(\d{4}):(\d{2}):(\d{2}) /.exec(written ?? "");
  return match && match[1] !== "0000" ? `${match[1]}-${match[2]}-${match[3]}` : "";
}

async function takenOn(file: File): Promise<string> {
  try {
    const { parse } = await import("exifr");
    const tags = (await parse(file, { pick: ["DateTimeOriginal", "CreateDate"], reviveValues: false })) as
      | { DateTimeOriginal?: string; CreateDate?: string }
      | undefined;
    return dayOfExif(tags?.DateTimeOriginal ?? tags?.CreateDate);
  } catch {
    return ""; // no Exif in it: nothing to propose
  }
}

async function toJpeg(file: File): Promise<File> {
  const worker = new Worker(new URL("./heic-worker.ts", import.meta.url), { type: "module" });
  try {
    const image = await new Promise<ImageData>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<ImageData | string>) =>
        typeof event.data === "string" ? reject(new Error(event.data)) : resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      void file.arrayBuffer().then((bytes) => worker.postMessage(bytes, [bytes]));
    });
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
    if (!blob) throw new Error("no JPEG");
    return new File([blob], file.name.replace(/\.hei[cf]$/i, ".jpg"), { type: "image/jpeg" });
  } finally {
    worker.terminate();
  }
}

// Fails where a HEIC cannot be read.
export async function prepared(file: File): Promise<Prepared> {
  const isPhoto = file.type.startsWith("image/") || isHeic(file);
  const day = isPhoto ? await takenOn(file) : "";
  return { file: isHeic(file) ? await toJpeg(file) : file, takenOn: day };
}
