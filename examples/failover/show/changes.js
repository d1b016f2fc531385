/** Gives what becomes of a text line by line, as `- ` and `+ `: enough for lines that are changed and lines that come in. */
export function changes(before, after) {
  const old = before.split("\n");
  const fresh = after.split("\n");
  return fresh.flatMap((line, index) => {
    if (line === old[0]) {
      old.shift();
      return [];
    }
    const isGone = !fresh.slice(index).includes(old[0]);
    return isGone ? [`- ${old.shift()}`, `+ ${line}`] : [`+ ${line}`];
  });
}
