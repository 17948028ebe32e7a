import { readFileSync } from 'node:fs'

/** The current memory and the processor time so far of a process tree. */
export interface Usage {
  rssBytes: number
  /** Including descendants that have ended. */
  cpuMs: number
}

/** Linux counts a process's time in hundredths of a second, whatever the kernel's own clock. */
const MS_PER_TICK = 10

/**
 * The usage of all these processes together, parents first; undefined where it cannot be read, as on systems without
 * /proc. The time of a child that ends is added to its parent: because they are read one after another, it may be
 * missing for a moment but is never counted twice. It is synchronous, because the kernel answers in microseconds:
 * awaiting would take a hundred times as long.
 */
export function usageOf(processTree: readonly number[]): Usage | undefined {
  let all: Usage | undefined
  for (const pid of processTree) {
    const usage = usageOfOne(pid)
    if (!usage) continue
    const { rssBytes, cpuMs } = all ?? { rssBytes: 0, cpuMs: 0 }
    all = { rssBytes: rssBytes + usage.rssBytes, cpuMs: cpuMs + usage.cpuMs }
  }
  return all
}

function usageOfOne(pid: number): Usage | undefined {
  const [stat, status] = [readOf(pid, 'stat'), readOf(pid, 'status')]
  if (!stat || !status) return undefined
  // After the name in parentheses, which may contain anything: the state is field 3, the own time from 14 on, user and
  // system, then that of ended children.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(14 - 3, 18 - 3).reduce((sum, field) => sum + Number(field), 0)
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
  return { rssBytes: kilobytes * 1024, cpuMs: ticks * MS_PER_TICK }
}

/** Undefined once it has ended. */
function readOf(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return undefined
  }
}
