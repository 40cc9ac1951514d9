/** What readers ask of a format for which no package ships a schema: written down after their documentation, in our words. */

const text = { type: 'string', minLength: 1 }
const path = { type: 'string', pattern: '^(?!\\./|/)', minLength: 1 }
const object = (required: Record<string, unknown>, optional: Record<string, unknown> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
})
const list = (items: unknown) => ({ type: 'array', items })
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' }
const tool = object({ id: text, name: text, version: text, vendor: object({ name: text }) })

const fileLocation = object({ type: { const: 'file-location' }, file_name: text, line_start: { type: 'integer' } })
const textCell = object({ type: { const: 'text' }, value: { type: 'string' } })
const namedText = object({ name: text, type: { const: 'text' }, value: { type: 'string' } })

/** After GitLab's security report schema 15.0.7 for SAST. */
export const gitlabSast = object({
  version: { const: '15.0.7' },
  scan: object(
    {
      analyzer: tool,
      scanner: tool,
      type: { const: 'sast' },
      start_time: time,
      end_time: time,
      status: { enum: ['success', 'failure'] },
    },
    { messages: list(object({ level: { enum: ['info', 'warn', 'fatal'] }, value: text })) },
  ),
  vulnerabilities: list(
    object(
      {
        id: { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' },
        identifiers: { ...list(object({ type: text, name: text, value: text })), minItems: 1 },
        location: object({ file: path, start_line: { type: 'integer' }, end_line: { type: 'integer' } }),
      },
      {
        name: { type: 'string', maxLength: 255 },
        description: { type: 'string', maxLength: 1_048_576 },
        severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
        solution: { type: 'string', maxLength: 7000 },
        tracking: object({
          type: { const: 'source' },
          items: list(
            object({
              file: path,
              start_line: { type: 'number' },
              end_line: { type: 'number' },
              signatures: { ...list(object({ algorithm: text, value: text })), minItems: 1 },
            }),
          ),
        }),
        details: object(
          {},
          {
            trace: object({
              name: text,
              type: { const: 'table' },
              rows: list({ type: 'array', items: { oneOf: [fileLocation, textCell] } }),
            }),
            endpoint: namedText,
            grounds: namedText,
          },
        ),
      },
    ),
  ),
})

/** After GitLab's page on Code Quality reports. */
export const gitlabCodequality = list(
  object({
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: object({
      path,
      lines: object({ begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } }),
    }),
  }),
)

/** What Jenkins and GitLab take of JUnit's XML: suites of cases, each with at most a failure, an error or a skip. */
export const junitXsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="outcome" mixed="true">
    <xs:attribute name="type" type="xs:string"/>
    <xs:attribute name="message" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="case">
    <xs:choice minOccurs="0">
      <xs:element name="failure" type="outcome"/>
      <xs:element name="error" type="outcome"/>
      <xs:element name="skipped" type="outcome"/>
      <xs:element name="system-out" type="xs:string"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:attributeGroup name="counts">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
  </xs:attributeGroup>
  <xs:complexType name="suite">
    <xs:sequence><xs:element name="testcase" type="case" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attributeGroup ref="counts"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
  </xs:complexType>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence><xs:element name="testsuite" type="suite" maxOccurs="unbounded"/></xs:sequence>
      <xs:attributeGroup ref="counts"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
`

/** Files of errors, as Checkstyle's own XML logger writes them. */
export const checkstyleXsd = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="severity">
    <xs:restriction base="xs:string">
      <xs:enumeration value="ignore"/><xs:enumeration value="info"/>
      <xs:enumeration value="warning"/><xs:enumeration value="error"/>
    </xs:restriction>
  </xs:simpleType>
  <xs:complexType name="error">
    <xs:attribute name="line" type="xs:positiveInteger" use="required"/>
    <xs:attribute name="column" type="xs:positiveInteger"/>
    <xs:attribute name="severity" type="severity" use="required"/>
    <xs:attribute name="message" type="xs:string" use="required"/>
    <xs:attribute name="source" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:complexType name="file">
    <xs:sequence><xs:element name="error" type="error" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:element name="checkstyle">
    <xs:complexType>
      <xs:sequence><xs:element name="file" type="file" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      <xs:attribute name="version" type="xs:string" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
`
