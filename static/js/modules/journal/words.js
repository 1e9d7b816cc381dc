// The page's words in the reader's language: {name} places, plural forms by the language's own rule.

export class Words {
  constructor(words, locale) {
    this.words = words;
    this.plurals = new Intl.PluralRules(locale);
  }

  say(key, params = {}) {
    return fill(this.words[key] ?? key, params);
  }

  // the other value of a conflict as the grid writes it: a letter for a code of absence
  theirs({ theirs, operation }) {
    if (!theirs?.value) return "";
    return operation.kind.endsWith("_absence") ? this.words.codes[theirs.value][0] : theirs.value;
  }

  // forms are listed as gettext has them: one, few, many (English: one, other)
  count(key, n) {
    const forms = this.words[key];
    const order = { one: 0, few: 1, many: 2, other: forms.length - 1 };
    const form = forms[order[this.plurals.select(n)]] ?? forms[forms.length - 1];
    return fill(form, { n });
  }
}

const fill = (text, params) => text.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);
