declare module 'libreoffice-convert' {
  interface Options {
    fileName: string
    sofficeBinaryPaths: string[]
    sofficeAdditionalArgs?: string[]
    /** Handed to `execFile` as they are. */
    execOptions: { env: object; cwd: string; signal: AbortSignal; killSignal: 'SIGKILL' }
    tmpOptions: { tmpdir: string }
    asyncOptions: { times: number; interval: number }
  }

  /** Calls back, then tidies up: the promise resolves after both and never rejects for what the callback was told. */
  export function convertWithOptions(
    document: Buffer,
    format: string,
    filter: string | undefined,
    options: Options,
    callback: (error: Error | null, result?: Buffer) => void,
  ): Promise<void>
}
