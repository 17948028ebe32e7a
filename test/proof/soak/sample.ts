import { readdirSync, readFileSync } from 'node:fs'
import type { Instance } from '#cli/start/instance.ts'
import type { Collector } from './collector.ts'

const MB = 1_000_000

export const ROLES = ['web', 'worker'] as const
export type SampledRole = (typeof ROLES)[number]

/** What a process holds at one moment, right after it has collected its garbage. */
export interface HeldResources {
  pid: number
  descriptors: number
  /** Resident memory, in MB. */
  rss: number
  /** What V8 holds, objects and buffers, in MB. */
  heap: number
  /** Descriptors and resident memory of all that it started: LibreOffice with its sandboxes. */
  children: { processes: number; descriptors: number; rss: number }
}

export type Sample = Record<SampledRole, HeldResources>

/** What web and worker hold now. */
export async function sampleOf(
  { children }: Instance,
  collectors: Record<SampledRole, Collector>,
): Promise<Sample> {
  const held = async (role: SampledRole): Promise<HeldResources> => {
    const heap = await collectors[role].collect()
    const parents = parentsOfAll()
    const pid = children[role]?.pid ?? 0
    const family = descendantsOf(pid, parents)
    return {
      pid,
      descriptors: descriptorsOf(pid),
      rss: rssOf(pid),
      heap,
      children: {
        processes: family.length,
        descriptors: sum(family.map(descriptorsOf)),
        rss: sum(family.map(rssOf)),
      },
    }
  }
  return { web: await held('web'), worker: await held('worker') }
}

export function sampleText(sample: Sample): string {
  return ROLES.map(role => {
    const { descriptors, rss, heap, children } = sample[role]
    const own = `${role} ${descriptors} descriptors, ${rss.toFixed(0)} MB, heap ${heap.toFixed(1)} MB`
    return children.processes === 0
      ? own
      : `${own} (its ${children.processes} children ${children.descriptors}, ${children.rss.toFixed(0)} MB)`
  }).join('; ')
}

function parentsOfAll(): Map<number, number> {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return new Map(pids.map(pid => [Number(pid), Number(/^PPid:\s+(\d+)/m.exec(statusOf(Number(pid)))?.[1])]))
}

function descendantsOf(pid: number, parents: Map<number, number>): number[] {
  const family = new Set([pid])
  // A set that grows is walked to its end.
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.add(child)
  family.delete(pid)
  return [...family]
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return '' // it has ended meanwhile
  }
}

function rssOf(pid: number): number {
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(statusOf(pid))?.[1] ?? 0) * 1024) / MB
}

function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return 0 // it has ended meanwhile
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
