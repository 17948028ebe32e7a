import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { processTreeOf } from '#worker/sandbox/process-tree.ts'

/** The number of the LibreOffice that lives in the folder around this working folder. */
export async function officeOf(workDir: string): Promise<number> {
  const root = dirname(workDir)
  const lines = new Map<number, string[]>()
  for (const pid of processTreeOf(process.pid)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    lines.set(pid, line.split('\0'))
  }
  const jail = [...lines].find(([, words]) => words.includes(root))?.[0] ?? 0
  const office = processTreeOf(jail).find(pid => lines.get(pid)?.[0]?.endsWith('soffice.bin'))
  if (!office) throw new Error(`no LibreOffice lives in ${root}`)
  return office
}
