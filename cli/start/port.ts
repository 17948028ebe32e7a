import { createServer } from 'node:net'
import { ConfigError } from '#lib/config.ts'

/**
 * Checks that the web process will be able to listen, before any slow step.
 * @throws ConfigError naming PORT or HOST
 */
export async function checkPort(host: string, port: number): Promise<void> {
  try {
    await listenOnce(host, port)
  } catch (error) {
    throw new ConfigError(sentenceFor(host, port, error as NodeJS.ErrnoException))
  }
}

/** A free port on this machine; never `kept`, which is free too until the web process listens on it. */
export async function freePort(kept?: number): Promise<number> {
  const port = await listenOnce('127.0.0.1', 0)
  return port === kept ? freePort(kept) : port
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

function sentenceFor(host: string, port: number, error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `PORT ${port} is taken: another program listens on ${host}:${port}; set PORT to another.`
    case 'EACCES':
      return `PORT ${port} is not for ordinary users: set PORT to one above 1023.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${host} is not an address of this machine: set HOST to 127.0.0.1, or to 0.0.0.0 for all.`
    default:
      return `HOST ${host} with PORT ${port} cannot be listened on (${error.message}).`
  }
}
