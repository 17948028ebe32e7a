/**
 * Small jobs in a steady stream before twenty watchers: descriptors and memory of web and worker stay level after a
 * third of the time. Garbage is collected before each look. Options: `--minutes N` (15), `--lanes N` (2, jobs at a time).
 */
import { parseArgs } from 'node:util'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { INSPECTABLE, openCollector } from './soak/collector.ts'
import { openLoad } from './soak/load.ts'
import { type Sample, sampleOf, sampleText } from './soak/sample.ts'
import { verdictOn } from './soak/soak-verdict.ts'
import { openWatchers } from './soak/watchers.ts'

const SAMPLE_EVERY_MS = 10_000
const WATCHERS = 20

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    lanes: { type: 'string', default: '2' },
  },
})
const minutes = Number(values.minutes)

const dataDir = makeDataDir()
const instance = await startInstance({
  dataDir,
  recorded: false,
  env: { LOG_LEVEL: 'warn', NODE_OPTIONS: INSPECTABLE },
})
try {
  await instance.ready()
  await until('it takes jobs', async () => (await fetch(`${instance.url}/readyz`)).ok)
  const { web, worker } = instance.instance().children
  const collectors = {
    web: await openCollector(web?.pid ?? 0, instance.output),
    worker: await openCollector(worker?.pid ?? 0, instance.output),
  }
  const load = await openLoad(instance.url, Number(values.lanes))
  const watchers = await openWatchers(instance.url, WATCHERS, load)
  const samples: Sample[] = []
  const end = Date.now() + minutes * 60_000
  while (Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, SAMPLE_EVERY_MS))
    const sample = await sampleOf(instance.instance(), collectors)
    samples.push(sample)
    console.log(`  ${sampleText(sample)}, ${load.counts.completed} jobs`)
  }
  await Promise.all([load.stop(), watchers.stop()])
  for (const collector of Object.values(collectors)) collector.close()
  const { counts } = load
  console.log(
    `  ${counts.completed} jobs completed, ${counts.cancelled} cancelled, ${counts.refused} files refused, ${counts.broken} uploads broken off; ${watchers.counts.visits} visits heard ${watchers.counts.heard} events`,
  )
  for (const problem of [...load.problems, ...watchers.problems]) console.log(`  ✗ ${problem}`)
  const verdicts = verdictOn(samples)
  for (const { text, isLevel } of verdicts) console.log(`  ${isLevel ? '✓' : '✗'} ${text}`)
  const isGood =
    verdicts.every(({ isLevel }) => isLevel) && load.problems.length + watchers.problems.length === 0
  if (!isGood) process.exitCode = 1
} finally {
  await instance.end('SIGTERM')
  await clearAway(dataDir)
}
