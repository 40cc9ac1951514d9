/**
 * Classes whose instances are records of data (a DTO, an ORM's entity), as against services: what is typed with them comes from
 * outside as data. Told by their decorators, or by having fields and nothing that they do.
 */
import type { ClassMember, Value } from '../../ir/ir.js'
import { keyName } from './records.js'

// @Entity(), @InputType(), @Schema()
const recordDecorators =
  /^(?:Entity|ChildEntity|ViewEntity|Embeddable|Embedded|Table|Schema|ObjectType|InputType|ArgsType|InterfaceType|modelOptions|Document)$/
// @Column(), @Property(), @IsString(), @ApiProperty()
const fieldDecorators =
  /^(?:\w*Column|Property|PrimaryKey|SerializedPrimaryKey|Formula|Enum|OneTo\w+|ManyTo\w+|Field|HideField|ApiProperty\w*|Is[A-Z]\w*|Length|MinLength|MaxLength|Matches|Min|Max|ValidateNested|ValidateIf|Allow|Expose|Exclude|Attribute|prop)$/
const quietMethods = new Set(['toString', 'toJSON', 'valueOf'])

export function isData(decorators: readonly Value[], members: readonly ClassMember[], parent: Value | null): boolean {
  const own = members.filter((member) => !member.static)
  const fields = own.filter(({ member }) => member === 'field')
  if (fields.length === 0) return false
  if (decorators.some((one) => recordDecorators.test(decoratorName(one)))) return true
  if (fields.some((field) => field.decorators.some((one) => fieldDecorators.test(decoratorName(one)))))
    return decorators.length === 0 || own.every(isQuiet)
  // class Customer { name!: string; phone!: string }
  const plain = decorators.length === 0 && parent === null && own.every(isQuiet)
  return (
    plain && fields.some(({ value, type, decorators: of }) => value === null && type !== undefined && of.length === 0)
  )
}

function isQuiet({ key, member }: ClassMember): boolean {
  return member !== 'method' || quietMethods.has(keyName(key))
}

/** `@Column()`, `@typeorm.Column()`, `@Column` */
export function decoratorName(decorator: Value): string {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator
  if (callee.kind === 'member') return callee.key.kind === 'constant' ? String(callee.key.value) : ''
  if (callee.kind === 'reference') return callee.binding.replace(/#\d+$/, '')
  return callee.kind === 'global' ? callee.name : ''
}

/** What decorators say a field is: `@Column({ comment: '電話番号' })`, `@ApiProperty({ description: 'Phone' })`. */
export function describedBy(decorators: readonly Value[]): string | undefined {
  for (const decorator of decorators) {
    if (decorator.kind !== 'call') continue
    for (const { value } of decorator.arguments) {
      if (value.kind !== 'record') continue
      for (const { key, value: said } of value.entries) {
        const name = key?.kind === 'constant' ? String(key.value) : ''
        if (/^(?:comment|description|title)$/.test(name) && said.kind === 'constant' && typeof said.value === 'string')
          return said.value
      }
    }
  }
  return undefined
}
