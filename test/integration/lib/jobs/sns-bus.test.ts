import { pino } from 'pino'
import { openSnsBus } from '#lib/jobs/buses/sns-bus.ts'
import { type Fauxqs, openFauxqs } from '#test/fauxqs.ts'
import { busConformance } from './bus-conformance.ts'

const log = pino({ level: 'silent' })
let fauxqs: Fauxqs | undefined

busConformance('SNS', {
  async open() {
    fauxqs ??= await openFauxqs()
    return openSnsBus({ ...fauxqs.client, prefix: 'test', log })
  },
  close: async () => fauxqs?.close(),
})
