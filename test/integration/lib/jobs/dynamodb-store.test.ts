import { pino } from 'pino'
import { openDynamodbStore } from '#lib/jobs/stores/dynamodb-store.ts'
import { DYNALITE_ACCESS, type Dynalite, openDynalite } from '#test/dynalite.ts'
import { storeConformance } from './store-conformance.ts'

const log = pino({ level: 'silent' })
let emulator: Dynalite | undefined

storeConformance('DynamoDB', {
  async open() {
    emulator = await openDynalite()
    const { endpoint } = emulator
    const store = await openDynamodbStore({ prefix: 'test', endpoint, ...DYNALITE_ACCESS, log })
    return { store, sends: false }
  },
  close: async () => emulator?.close(),
})
