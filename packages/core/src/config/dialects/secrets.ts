/** Secrets of Kubernetes: `data` is in Base64. A URL in it is read; nothing else is, and nothing is shown. */
import type { ConfigFile } from '../setting.js'

const SECRET = /^kind:[ \t]*["']?Secret\b/m
const BASE64 = /^(?:[A-Za-z0-9+/]{4}){2,200}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export function asSecret(file: ConfigFile, text: string): void {
  if (!SECRET.test(text)) return
  for (const setting of file.settings) {
    const [head, name] = setting.path
    if (head !== 'data' || setting.path.length !== 2 || setting.value === null || !BASE64.test(setting.value)) continue
    const decoded = decodedOf(setting.value).trim()
    if (!/^(?:https?|wss?):\/\/[\x21-\x7e]+$/.test(decoded)) continue
    setting.value = decoded
    setting.environment = name!
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 to characters of one byte. */
function decodedOf(text: string): string {
  let decoded = ''
  let bits = 0
  let count = 0
  for (const character of text.replace(/=+$/, '')) {
    bits = (bits << 6) | ALPHABET.indexOf(character)
    count += 6
    if (count < 8) continue
    count -= 8
    decoded += String.fromCharCode((bits >> count) & 0xff)
    bits &= (1 << count) - 1
  }
  return decoded
}
