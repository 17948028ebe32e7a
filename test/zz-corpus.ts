import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBench } from '#test/integration/worker/bench.ts'
import { checkResult } from '#worker/check-result.ts'
import { usageOf } from '#worker/sandbox/usage.ts'

const C = '/work/shared/corpus/'
const rows = readFileSync(C + 'MANIFEST.tsv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(l => l.split('\t'))
const bench = await openBench('bwrap', { slots: 1, engine: (process.argv[3] ?? 'warm') as 'warm' })
console.time('start')
await bench.engine.start()
console.timeEnd('start')
const only = process.argv[2]
for (const r of rows) {
  const [file, , , , , format, , , expect, pages] = r as string[]
  if (only && only !== '-' && !file!.includes(only)) continue
  if (!file || !format) continue
  if (expect === 'unknown') continue
  const t = performance.now()
  let got = '',
    first = 0,
    prog: any[] = [],
    exported: any,
    tcheck = 0,
    tconv = 0,
    loaded = 0
  try {
    await bench.slots.use(async slot => {
      const sourcePath = join(slot, 'source.' + format)
      copyFileSync(C + file, sourcePath)
      const signal = AbortSignal.timeout(180_000)
      const t1 = performance.now()
      const r = await bench.engine.convert({
        sourcePath,
        format,
        target: 'pdf',
        directory: slot,
        signal,
        onProgress: p => {
          prog.push(p)
          if (p.phase === 'exporting' && !loaded) loaded = performance.now() - t1
        },
        ...(process.env.NOFIRST ? {} : {}),
        ['x' as string]: () => {
          first = performance.now() - t1
        },
      })
      tconv = performance.now() - t1
      exported = r.exported
      const t2 = performance.now()
      const n = await checkResult({ ...r, target: 'pdf', slot, signal }, bench.sandbox)
      tcheck = performance.now() - t2
      got = 'pdf ' + n
    })
  } catch (e: any) {
    got = 'error ' + (e.code ?? '') + ' ' + e.message?.slice(0, 150)
  }
  const want = expect === 'pdf' ? 'pdf ' + pages : expect
  const bad = got !== want
  console.log(
    `${bad ? '!!' : 'ok'} ${file.slice(0, 40)} want ${want} got ${got} exported ${exported} conv ${tconv.toFixed(0)} load ${(loaded / tconv).toFixed(2)} first ${first.toFixed(0)} check ${tcheck.toFixed(0)} ticks ${prog.length}`,
  )
}
await bench.close()
process.exit(0)
