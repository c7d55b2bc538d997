// What inputs need beside their own field: the office's people and units.
import { createContext, useContext } from "react";
import type { Office } from "../api/types";

export interface FieldsSurroundings {
  office: Office;
}

const Context = createContext<FieldsSurroundings | null>(null);
export const FieldsProvider = Context.Provider;

export function useSurroundings(): FieldsSurroundings {
  const found = useContext(Context);
  if (!found) throw new Error("an input stands outside FieldsProvider");
  return found;
}
