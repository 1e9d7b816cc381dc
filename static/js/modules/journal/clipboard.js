// Columns to and from a spreadsheet: rows by line ends, cells by tabs. Knows how marks are written by hand.

const CODES = { н: "n", б: "b", у: "u", п: "p", о: "o", ув: "u", уп: "u", нп: "p", оп: "o" };
const LATIN = { h: "н", y: "у", o: "о", n: "н", b: "б", u: "у", p: "п" };
const VALUES = new Set(["5", "4", "3", "2", "1", "•", "зач", "незач", "н/а", "осв"]);
const SPELLINGS = { ".": "•", "*": "•", зачёт: "зач", зачет: "зач", незачёт: "незач", незачет: "незач", "+": "зач", "-": "незач", на: "н/а" };
const QUOTED = /"((?:[^"]|"")*)"|[^\t\n]*/y;
const LONGEST = 40;

// a cell with a line break or a tab in it comes in quotes, as a spreadsheet copies it
export const read = (text) => {
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (let place = 0; place <= source.length;) {
    QUOTED.lastIndex = place;
    const [whole, quoted] = QUOTED.exec(source);
    const end = place + whole.length;
    const clean = quoted !== undefined && (end === source.length || /[\t\n]/.test(source[end]));
    const stop = clean || quoted === undefined ? end : until(source, place);
    rows.at(-1).push((clean ? quoted.replaceAll('""', '"') : source.slice(place, stop)).trim());
    if (source[stop] === "\n") rows.push([]);
    place = stop + 1;
  }
  return rows;
};

const until = (source, place) => {
  const found = source.slice(place).search(/[\t\n]/);
  return found < 0 ? source.length : place + found;
};

// what is written in one cell: {marks, code}, null for nothing, undefined when it cannot be read
export const understand = (written) => {
  const words = written.length > LONGEST ? [written] : written.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const found = { marks: [], code: null };
  for (const word of words) {
    const text = word.replace(/[.,]0+$/, "");
    const value = SPELLINGS[text] ?? text;
    const letter = LATIN[text] ?? text;
    if (VALUES.has(value)) found.marks.push(value);
    else if (letter in CODES && !found.code) found.code = CODES[letter];
    else return undefined;
  }
  return found;
};

export const shortened = (written) => (written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written);

export const write = (block, textOf) => block.map((row) => row.map(textOf).join("\t")).join("\n");
