/** Whether topics match a filter with `+` and, as its last level, `#`. */
export function topicMatcher(filter: string): (topic: string) => boolean {
  const wanted = filter.split('/');
  const isOpen = wanted.at(-1) === '#';
  const levels = isOpen ? wanted.slice(0, -1) : wanted;
  return (topic) => {
    const given = topic.split('/');
    if (isOpen ? given.length < levels.length : given.length !== levels.length) return false;
    return levels.every((level, index) => level === '+' || level === given[index]);
  };
}
