import { readFile } from 'node:fs/promises'

/** What processes use now (memory) and have used so far (time of the processor). */
export interface Usage {
  rssBytes: number
  cpuMs: number
}

/** Linux counts a process's time in hundredths of a second, whatever the kernel's own clock. */
const MS_PER_TICK = 10

/** Of all these processes together; undefined where nothing of them can be read, as on systems without /proc. */
export async function usageOf(pids: readonly number[]): Promise<Usage | undefined> {
  const all = (await Promise.all(pids.map(usageOfOne))).filter(usage => usage !== undefined)
  if (all.length === 0) return undefined
  return {
    rssBytes: all.reduce((sum, usage) => sum + usage.rssBytes, 0),
    cpuMs: all.reduce((sum, usage) => sum + usage.cpuMs, 0),
  }
}

async function usageOfOne(pid: number): Promise<Usage | undefined> {
  const [stat, status] = await Promise.all(
    ['stat', 'status'].map(name => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => undefined)),
  )
  if (!stat || !status) return undefined
  // After the name in parentheses, which may hold anything: state is field 3, user time 14, system time 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3])
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0)
  return { rssBytes: kilobytes * 1024, cpuMs: ticks * MS_PER_TICK }
}
