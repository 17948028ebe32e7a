/**
 * Runs the whole suite again and again, some of the times with every core busy beside it. Options: `--times N` (10),
 * `--busy N` (4, the last ones), `--only PART`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { BIN } from '#test/test-instance.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    busy: { type: 'string', default: '4' },
    only: { type: 'string' },
  },
})
const [times, busy] = [Number(values.times), Number(values.busy)]

/** The test's own words, kept to name what failed. */
async function runSuite(): Promise<{ code: number | null; output: string }> {
  const words = values.only ? ['--only', values.only] : []
  // In a group of its own: when this one is killed, the channel breaks, and the suite ends what it has started.
  const child = spawn(process.execPath, [BIN, 'test', ...words], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const [code] = await once(child, 'close')
  return { code, output }
}

function keepBusy(): ChildProcess[] {
  return Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  )
}

let failures = 0
for (let run = 1; run <= times; run++) {
  const isBusy = run > times - busy
  const others = isBusy ? keepBusy() : []
  const began = performance.now()
  try {
    const { code, output } = await runSuite()
    if (code !== 0) failures++
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    console.log(
      `  run ${run}${isBusy ? ', cores busy' : ''}: ${code === 0 ? 'passed' : 'failed'} in ${minutes} min`,
    )
    if (code !== 0) console.log(output.slice(output.lastIndexOf('✖ failing tests')).slice(0, 5000))
  } finally {
    for (const other of others) other.kill('SIGKILL')
  }
}
console.log(
  `  ${times - failures} of ${times} runs passed, ${Math.min(busy, times)} of them with every core busy`,
)
if (failures > 0) process.exitCode = 1
