/** Asks three thousand requests of the API by its own document. Options: `--requests N` (3000), `--seed N`. */
import { parseArgs } from 'node:util'
import { askByDocument } from '#test/openapi.ts'

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '3000' }, seed: { type: 'string' } },
})
const seed = Number(values.seed ?? Date.now() % 2 ** 31)
console.log(`  seed ${seed}`)
const { requests, statuses, operations } = await askByDocument({ requests: Number(values.requests), seed })
const counted = [...statuses]
  .sort(([one], [two]) => one - two)
  .map(([status, times]) => `${times} × ${status}`)
console.log(
  `  ${requests} requests to ${operations.size} calls, all answered as documented: ${counted.join(', ')}`,
)
