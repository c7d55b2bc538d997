// Search over all ledgers one may see; the answer is a page of its own.
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";

export function SearchBox({ office }: { office: string }) {
  const navigate = useNavigate();
  const location = useLocation();
  const [words, setWords] = useState("");
  useEffect(() => {
    const isSearch = location.pathname.endsWith("/search");
    setWords(isSearch ? (new URLSearchParams(location.search).get("words") ?? "") : "");
  }, [location]);
  return (
    <form
      className="search-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim()) navigate(`/offices/${office}/search?words=${encodeURIComponent(words.trim())}`);
      }}
    >
      <input
        className="input"
        type="search"
        aria-label="查找条目"
        placeholder="查找条目"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </form>
  );
}
