// What is said of a row: its state in words, and the soft rules that ask for a reason.
// The rules are those of assessments/rules/exceptions.py; the server judges again on submission.

const CHECKS = {
  above_self: (row, decided) => {
    const own = row.page.levels.get(row.values.self_rated);
    return Boolean(own) && decided.rank < own.rank;
  },
  over_cap: (row) => row.chargedCaps > 0,
  recent_rated: (row) => row.isRecent,
  discipline: (row, decided) => row.isDisciplined && row.page.data.disciplineAt.includes(decided.code),
  jump: (row, decided) => Boolean(row.lastRank) && Math.abs(decided.rank - row.lastRank) >= 2,
};

// Codes of the soft rules that ask for a reason, of those that are on, in the order of review.
export function warningsOf(row) {
  const decided = row.page.levels.get(row.values.decided);
  if (!decided || row.isExempt) return [];
  return Object.keys(CHECKS).filter((rule) => row.page.data.asked.includes(rule) && CHECKS[rule](row, decided));
}

export function isOwed(row) {
  return row.owedCaps > 0 || (!row.values.note && warningsOf(row).length > 0);
}

function owedWords(row) {
  return row.page.say(`owed_${warningsOf(row)[0]}`);
}

// What is to be said of the row by the soft rules, explained or not.
export function warningWords(row) {
  return warningsOf(row).map((rule) => row.page.say(`warn_${rule}`));
}

// Kind, words and icon of the state.
export function stateOf(row) {
  const { page } = row;
  if (row.unread) return ["error", page.say("unknown", { text: Object.values(row.unread)[0] }), "x-octagon-fill"];
  if (row.isEditing) return ["none", page.say("editing"), "pencil"];
  switch (row.state) {
    case "saving": case "waiting": return ["wait", page.say("saving"), "arrow-repeat"];
    case "failed": return ["error", page.say(row.why), row.why === "offline" ? "wifi-off" : "x-octagon-fill"];
    case "refused": return ["error", page.say("refused", { why: row.why }), "x-octagon-fill"];
    case "conflict": return ["changed", page.say(row.conflict.own ? "conflict_own" : "conflict"), "arrow-left-right"];
  }
  return storedState(row);
}

function storedState(row) {
  const { page } = row;
  if (row.isExempt) return ["none", page.say("exempt"), "dash-lg"];
  if (row.isAccepted) return ["met", page.say("accepted"), "lock"];
  if (row.isToAnswer) return ["unmet", page.say("returned", { why: row.returned }), "reply"];
  if (row.isBlank) return ["none", page.say("empty"), "dash-lg"];
  const said = row.savedAt ? [page.say("saved", { at: row.savedAt })] : [];
  if (row.isMended) said.push(page.say("mended"));
  if (isOwed(row)) return ["unmet", [...said, owedWords(row)].join("; "), "exclamation-triangle-fill"];
  return said.length ? ["met", said.join("; "), "check-lg"] : null;
}
