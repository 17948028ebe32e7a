/**
 * How long a second `npm start` takes, in milliseconds from the command to each thing that it prints: everything is
 * installed and built, the database and the profile of LibreOffice are there. Best and median of several.
 *
 *   --times N     how many starts (5)
 *   --beside DIR  another checkout, whose starts take turns with those of this one
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { freePort } from '#cli/start/port.ts'
import { clearAway, makeDataDir } from '#test/test-instance.ts'

const { values: flags } = parseArgs({
  options: { times: { type: 'string', default: '5' }, beside: { type: 'string' } },
})
const MOMENTS = {
  launcher: /Nightshift\n/,
  database: /✓ Database/,
  tables: /✓ Tables/,
  web: /✓ Web/,
  worker: /ready for jobs/,
  ready: /[rR]eady in \d/,
}
type Moment = keyof typeof MOMENTS
type Times = Partial<Record<Moment, number>>

const trees = [fileURLToPath(new URL('../..', import.meta.url)), ...(flags.beside ? [flags.beside] : [])]
const measured = trees.map(tree => ({ tree, dataDir: makeDataDir(), all: [] as Times[] }))
try {
  for (const { tree, dataDir } of measured) await startOnce(tree, dataDir)
  for (let time = 0; time < Number(flags.times); time++)
    for (const { tree, dataDir, all } of measured) all.push(await startOnce(tree, dataDir))
} finally {
  for (const { dataDir } of measured) await clearAway(dataDir)
}
for (const { tree, all } of measured) {
  console.log(tree)
  for (const [name, at] of [['best', 0] as const, ['median', all.length >> 1] as const])
    console.log(`  ${name.padEnd(8)}${textOf(all, at)}`)
}

/** Starts and ends a whole instance. @throws Error where it ends before it is ready */
async function startOnce(tree: string, dataDir: string): Promise<Times> {
  const started = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: tree,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(await freePort()), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    return await Promise.race([timesOf(child, started), ended.then(refuse)])
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

async function timesOf(child: ChildProcess, started: number): Promise<Times> {
  const times: Times = {}
  let output = ''
  for await (const text of child.stdout?.setEncoding('utf8') ?? []) {
    output += text
    for (const [moment, pattern] of Object.entries(MOMENTS) as [Moment, RegExp][])
      if (pattern.test(output)) times[moment] ??= performance.now() - started
    if (times.ready !== undefined && times.worker !== undefined) return times
  }
  return refuse()
}

function refuse(): never {
  throw new Error('it ended before it was ready')
}

function textOf(all: readonly Times[], at: number): string {
  return Object.keys(MOMENTS)
    .map(moment => {
      const sorted = all.map(times => times[moment as Moment] ?? Number.NaN).sort((a, b) => a - b)
      return `${moment} ${Math.round(sorted[at] ?? Number.NaN)}`
    })
    .join('   ')
}
