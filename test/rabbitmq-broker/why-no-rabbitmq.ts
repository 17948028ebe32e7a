import { rabbitmqFolders } from './unpacked-rabbitmq.ts'

/** Why tests against RabbitMQ do not run here; false where they do. Where CI is set they run or fail. */
export const WHY_NO_RABBITMQ: string | false = process.env.CI ? false : await whyNone()

async function whyNone(): Promise<string | false> {
  try {
    await rabbitmqFolders()
    return false
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return `needs RabbitMQ, which Debian packages as rabbitmq-server: ${line}`
  }
}
