import { readFile } from 'node:fs/promises'

/** What processes use now (memory, all together) and have used since their start (time of the processor, each). */
export interface Usage {
  rssBytes: number
  cpuMs: ReadonlyMap<number, number>
}

/** Linux counts a process's time in hundredths of a second, whatever the kernel's own clock. */
const MS_PER_TICK = 10

/** Of all these processes together; undefined where nothing of them can be read, as on systems without /proc. */
export async function usageOf(pids: readonly number[]): Promise<Usage | undefined> {
  const all = (await Promise.all(pids.map(usageOfOne))).filter(usage => usage !== undefined)
  if (all.length === 0) return undefined
  return {
    rssBytes: all.reduce((sum, usage) => sum + usage.rssBytes, 0),
    cpuMs: new Map(all.map(({ pid, cpuMs }) => [pid, cpuMs])),
  }
}

async function usageOfOne(
  pid: number,
): Promise<{ pid: number; rssBytes: number; cpuMs: number } | undefined> {
  const [stat, status] = await Promise.all(
    ['stat', 'status'].map(name => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined)),
  )
  if (!stat || !status) return undefined
  // After the name in parentheses, which may hold anything: state is field 3, user time 14, system time 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3])
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
  return { pid, rssBytes: kilobytes * 1024, cpuMs: ticks * MS_PER_TICK }
}
