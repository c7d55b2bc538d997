import { createRoot } from "react-dom/client";
import { Application } from "./shell/application";
import "./app.css";

// Libraries put style elements into the page; the server's policy lets those with its nonce be.
const nonce = document.querySelector<HTMLMetaElement>("meta[name=csp-nonce]")?.content ?? "";
const create = document.createElement.bind(document);
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options);
  if (name === "style") element.nonce = nonce;
  return element;
}) as typeof document.createElement;

const root = document.getElementById("root");
if (root) createRoot(root).render(<Application nonce={nonce} />);
