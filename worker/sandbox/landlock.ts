import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Machine } from './bwrap-args.ts'
import { landlockRules } from './landlock-rules.ts'
import { sharedSystemFilter } from './seccomp.ts'
import type { Processor } from './syscalls.ts'

const SCRIPT = fileURLToPath(new URL('landlock.pl', import.meta.url))

/**
 * Writes the script that starts commands under Landlock, its system call filter and its rules into `folder`, where the
 * sandbox's user can read them.
 * @returns the words before a slot's rule and the command
 */
export async function openLandlock(
  folder: string,
  machine: Machine,
  processor: Processor,
): Promise<string[]> {
  const write = async (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    await writeFile(path, content, { mode: 0o644 })
    return path
  }
  const script = await write('landlock.pl', await readFile(SCRIPT))
  const filter = await write('landlock.bpf', sharedSystemFilter(processor))
  const rules = await write('landlock.rules', landlockRules(machine))
  return [machine.tools.perl ?? 'perl', script, String(processor.shared.prctl), filter, rules]
}
