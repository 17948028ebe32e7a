declare module 'libreoffice-convert' {
  interface Options {
    fileName: string
    sofficeBinaryPaths: string[]
    sofficeAdditionalArgs?: string[]
    /** Passed to `execFile` unchanged. */
    execOptions: { env: object; cwd: string; signal: AbortSignal; killSignal: 'SIGKILL' }
    tmpOptions: { tmpdir: string }
    asyncOptions: { times: number; interval: number }
  }

  /** Calls back, then cleans up: the promise resolves after both and never rejects with the callback's error. */
  export function convertWithOptions(
    document: Buffer,
    format: string,
    filter: string | undefined,
    options: Options,
    callback: (error: Error | null, result?: Buffer) => void,
  ): Promise<void>
}
