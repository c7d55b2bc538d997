// Where files are dropped; what is inside offers the other ways to choose them.
import { type ReactNode, useState } from "react";

interface DropZoneProps {
  onDropped: (files: File[]) => void;
  children: ReactNode;
}

export function DropZone({ onDropped, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onDropped([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}
