import { globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runProgram } from '#cli/start/programs.ts'
import { programAt } from '../../bin/needs.js'

/** The paths of Prometheus and of its tool. */
export interface PrometheusPrograms {
  prometheus: string
  promtool: string
}

const TARGET = join(import.meta.dirname, '../../node_modules/.cache/nightshift-prometheus')

/**
 * Prometheus as Debian packages it: the installed one, or its package, fetched once and unpacked without installing it.
 * @throws Error where there is none
 */
export async function prometheusPrograms(): Promise<PrometheusPrograms> {
  const programs = installed() ?? below(TARGET) ?? (await unpack())
  if (!programs) throw new Error('Debian’s package prometheus has no prometheus and promtool')
  return programs
}

function installed(): PrometheusPrograms | undefined {
  const [prometheus, promtool] = [programAt('prometheus'), programAt('promtool')]
  return prometheus && promtool ? { prometheus, promtool } : undefined
}

function below(root: string): PrometheusPrograms | undefined {
  const [prometheus, promtool] = globSync(join(root, 'usr/bin/prom{etheus,tool}')).toSorted()
  return prometheus && promtool ? { prometheus, promtool } : undefined
}

async function unpack(): Promise<PrometheusPrograms | undefined> {
  mkdirSync(dirname(TARGET), { recursive: true })
  const folder = mkdtempSync(`${TARGET}-`)
  try {
    await runProgram('apt-get', ['download', 'prometheus'], { cwd: folder, env: { LC_ALL: 'C' } })
    const root = join(folder, 'root')
    for (const file of globSync('*.deb', { cwd: folder }))
      await runProgram('dpkg', ['-x', join(folder, file), root])
    if (!below(TARGET)) renameSync(root, TARGET)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return below(TARGET)
}
