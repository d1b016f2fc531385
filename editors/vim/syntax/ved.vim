" Vim syntax file
" Language: Ved, a small language for failure recovery
" Written by the tests in editors/, from the words of the compiler.

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax sync fromstart
syntax keyword vedBoolean true false
syntax keyword vedConditional if else
syntax keyword vedTodo contained TODO FIXME XXX NOTE
syntax cluster vedLiteral contains=vedBoolean,vedComment,vedDuration,vedNumber,vedOperator,vedString

syntax match vedEscape /\\\%(["\\nrt]\|u{\x\{1,6}}\)/ contained
syntax match vedNumber /\<\d[0-9_]*\>/
syntax match vedDuration /\<\d[0-9_]*\%(ms\|d\|h\|m\|s\)\>/
syntax match vedOperator /[-+*%<>=!|&]\|\.\.\|\/\%([/*]\)\@!/
syntax match vedEvent /\<Event\ze\s*::/
syntax match vedEffect /\h\w*\%(\s*\.\s*\h\w*\)*/ contained
syntax match vedDomain /\h\w*/ contained
syntax match vedName /\h\w*\%(\s*\.\s*\h\w*\)*/ contained
syntax match vedType /:\s*\zs\<\%(Boolean\|Integer\|String\|string\|Bool\|bool\|Int\|int\)\>/
syntax match vedFunction /\<\%(text\|max\|min\)\>\ze\s*(/
syntax match vedPriority /\%(priority\s*:\=\s*\|@priority\s*(\s*\)\@<=\<\%(background\|critical\|normal\|high\|low\)\>/
syntax match vedItself /\<\%(self\)\>/
syntax match vedTimed /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(for\)\>\ze\s\+\w/
syntax match vedOutcome /\%(on\_s\+\h[A-Za-z0-9_.]*\_s\+\)\@<=\<\%(unknown\|failed\|done\)\>/
syntax match vedAnnotation /\%(@priority\)\>\ze\s*(/
syntax match vedClause /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(predicate\|cooldown\|priority\|strategy\|expects\|payload\|reality\|target\|within\|start\|from\)\>\ze\%(\_s*[{(:]\|\_s*\/[/*]\|\_s\+[A-Za-z0-9_"!-]\)/
syntax match vedDeclaration /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(slice\|step\)\>\ze\%(\s\+\h\w*\)\{,2}\_s*{/
syntax match vedLater /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(environment\|capability\|migration\|deploy\|scope\|test\)\>\ze\%(\s\+[A-Za-z0-9_"]\|\s*{\)/
syntax match vedLater /@version\>/
syntax match vedDeclaration /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(transition\|invariant\|define\|domain\|effect\|system\|const\|goal\|type\|on\)\>\ze\_s\+\h/ nextgroup=vedName skipwhite skipempty
syntax match vedDeclaration /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(goal\)\>\ze\%(\s*:\|\s*(\|\s\+\h\w*\_s*[^{ \t]\)/
syntax match vedDeclaration /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(import\|state\)\>\ze\_s*{/ nextgroup=vedFields skipwhite skipempty
syntax match vedClause /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(payload\)\>\ze\_s*{/ nextgroup=vedFields skipwhite skipempty
syntax match vedStatement /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(send_high\|emit\|send\)\>\ze\_s\+\h/ nextgroup=vedEffect skipwhite skipempty
syntax match vedStatement /\%([.=<>!&|+*/%(-]\s*\|\<if\s\+\)\@<!\<\%(send_high\|emit\|send\)\>\ze\_s*(/
syntax region vedFields contained matchgroup=NONE start=/{/ end=/}/ contains=@vedLiteral,vedType
syntax region vedString start=/"/ skip=/\\./ end=/"/ oneline contains=vedEscape,@Spell
syntax region vedComment start=+//+ end=+$+ oneline contains=vedTodo,@Spell
syntax region vedComment start=+/\*+ end=+\*/+ contains=vedTodo,@Spell fold
syntax region vedBlock start=/{/ end=/}/ transparent fold

highlight default link vedAnnotation PreProc
highlight default link vedBoolean Boolean
highlight default link vedClause Keyword
highlight default link vedComment Comment
highlight default link vedConditional Conditional
highlight default link vedDeclaration Structure
highlight default link vedDuration Number
highlight default link vedEffect Function
highlight default link vedEscape SpecialChar
highlight default link vedEvent Type
highlight default link vedFunction Function
highlight default link vedItself Special
highlight default link vedLater PreProc
highlight default link vedName Identifier
highlight default link vedNumber Number
highlight default link vedOperator Operator
highlight default link vedOutcome Constant
highlight default link vedPriority Constant
highlight default link vedStatement Statement
highlight default link vedString String
highlight default link vedTimed Keyword
highlight default link vedTodo Todo
highlight default link vedType Type

let b:current_syntax = "ved"
