// What inputs need beside their own field: the office's people and units, and of which ledger's form they are.
import { createContext, useContext } from "react";
import type { Office } from "../api/types";

export interface Choosing {
  ledger: string;
  values: Readonly<Record<string, unknown>>; // as the form has them, else as the entry has them
}

export interface FieldsSurroundings {
  office: Office;
  choosing?: Choosing; // none: not a form of one ledger's fields
}

const Context = createContext<FieldsSurroundings | null>(null);
export const FieldsProvider = Context.Provider;

export function useSurroundings(): FieldsSurroundings {
  const found = useContext(Context);
  if (!found) throw new Error("an input stands outside FieldsProvider");
  return found;
}
