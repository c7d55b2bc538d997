// Decodes one HEIC photo, beside the page: a phone's photo takes seconds.
import createLibrary from "libheif";

interface HeifImage {
  get_width(): number;
  get_height(): number;
  display(into: ImageData, done: (image: ImageData | null) => void): void;
}
interface Heif {
  HeifDecoder: new () => { decode(bytes: ArrayBuffer): HeifImage[] };
}

self.onmessage = async (event: MessageEvent<ArrayBuffer>) => {
  try {
    const library = (await (createLibrary as unknown as () => Heif | Promise<Heif>)()) as Heif;
    const image = new library.HeifDecoder().decode(event.data)[0];
    if (!image) throw new Error("no picture in it");
    const into = new ImageData(image.get_width(), image.get_height());
    into.data.fill(255); // it leaves the transparency alone
    image.display(into, (shown) => self.postMessage(shown ?? "the picture cannot be decoded"));
  } catch (error) {
    self.postMessage(String(error));
  }
};
