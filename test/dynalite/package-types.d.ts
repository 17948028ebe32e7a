declare module 'dynalite' {
  import type { Server } from 'node:http'

  interface DynaliteOptions {
    /** The folder of its files. */
    path: string
    /** How long a new table cannot be used yet, in milliseconds. */
    createTableMs: number
  }

  function dynalite(options: DynaliteOptions): Server
  export = dynalite
}
