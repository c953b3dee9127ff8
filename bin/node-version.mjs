/*
 * The first thing every entry loads. It imports nothing and keeps to old syntax, so that an old Node can still read it:
 * without it, Node 20 dies inside a dependency with an error that says nothing.
 */

/** What package.json's engines.node says. */
export const minimumNode = [24, 17];

/** One sentence on what is wrong with this version of Node (like "20.20.2"); undefined when it will do. */
export function nodeVersionProblem(version) {
  const parts = version.split('.').map(Number);
  const enough = parts[0] > minimumNode[0] || (parts[0] === minimumNode[0] && parts[1] >= minimumNode[1]);
  if (enough) return undefined;
  return (
    'Facet needs Node ' +
    minimumNode.join('.') +
    ' or newer, and this is Node ' +
    version +
    ': start it through npm after npm ci (which brings its own Node on Linux), or put a newer Node first on PATH.'
  );
}
