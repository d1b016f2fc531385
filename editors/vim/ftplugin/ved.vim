" Vim filetype plugin
" Language: Ved, a small language for failure recovery

if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=//\ %s
setlocal comments=s1:/*,mb:*,ex:*/,://
setlocal formatoptions-=t formatoptions+=croql
" `gf` on what is imported.
setlocal suffixesadd=.ved
setlocal include=^\\s*import\\>.*\\<from\\>
setlocal expandtab shiftwidth=2 softtabstop=2
" Braces indent.
setlocal smartindent

let b:undo_ftplugin = "setlocal commentstring< comments< formatoptions< suffixesadd< include<"
      \ . " expandtab< shiftwidth< softtabstop< smartindent<"
