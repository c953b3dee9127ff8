import { readFileSync } from 'node:fs';

/** Name and parent of a process; undefined where there is no /proc or no such process. */
function look(pid: number): { name: string; parent: number } | undefined {
  try {
    const [, name = '', parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/**
 * The processes that this one was started by, as npm starts a script: npm itself, or a shell and npm above it. It changes
 * when one of them is gone; a killed npm can't pass a signal on, and its shell doesn't pass on any.
 */
export function lineage(): string {
  const parent = look(process.ppid);
  return parent && /^(?:ba|da)?sh$/.test(parent.name) ? `${process.ppid} ${parent.parent}` : String(process.ppid);
}
