// Columns to and from a spreadsheet: rows by line ends, cells by tabs. Knows how marks are written by hand.

const CODES = { н: "n", б: "b", у: "u", п: "p", о: "o", ув: "u", уп: "u", нп: "p", оп: "o" };
const LATIN = { h: "н", y: "у", o: "о", n: "н", b: "б", u: "у", p: "п" };
const VALUES = new Set(["5", "4", "3", "2", "1", "•", "зач", "незач", "н/а", "осв"]);
const SPELLINGS = { ".": "•", "*": "•", зачёт: "зач", зачет: "зач", незачёт: "незач", незачет: "незач", "+": "зач", "-": "незач", на: "н/а" };

export const read = (text) => {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t").map((cell) => cell.trim()));
};

// one written cell: {type, …}, null for an empty one, undefined when it cannot be read
export const understand = (written) => {
  const text = written.toLowerCase().replace(/[.,]0+$/, "");
  if (!text) return null;
  const value = SPELLINGS[text] ?? text;
  if (VALUES.has(value)) return { type: "mark", value };
  const letter = LATIN[text] ?? text;
  return letter in CODES ? { type: "absence", code: CODES[letter] } : undefined;
};

export const write = (block, textOf) => block.map((row) => row.map(textOf).join("\t")).join("\n");
