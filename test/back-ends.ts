import { openAzurite, WHY_NO_AZURITE } from './azurite.ts'
import { createDatabase } from './create-database.ts'

/** A choice of implementations that the end-to-end and fault suites run the product with. */
export interface BackEnd {
  name: string
  open(): Promise<OpenBackEnd>
}

/** What an instance is started with, and what else the tests use of it. */
export interface OpenBackEnd {
  env: Record<string, string>
  /** @throws AssertionError where a job lived against the model of its life */
  close(): Promise<void>
}

export const POSTGRES: BackEnd = {
  name: 'PostgreSQL',
  async open() {
    const { url, drop } = await createDatabase()
    return { env: { DATABASE_URL: url }, close: drop }
  },
}

const AZURE: BackEnd = {
  name: 'PostgreSQL with Azure Storage',
  async open() {
    const [database, azurite] = [await POSTGRES.open(), await openAzurite()]
    return {
      env: {
        ...database.env,
        ...{ QUEUE: 'azure', AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString },
      },
      async close() {
        await azurite.close()
        await database.close()
      },
    }
  },
}

/** All that the suites which take a back end run over. */
export const BACK_ENDS: readonly BackEnd[] = WHY_NO_AZURITE ? [POSTGRES] : [AZURE]
