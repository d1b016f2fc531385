autocmd BufNewFile,BufRead *.ved setfiletype ved
